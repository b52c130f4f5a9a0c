import { createHash } from 'node:crypto';

import type { OpenAbout } from '../../../contracts/open-content.ts';
import type { Db } from '../../platform/db.ts';
import { instanceOf } from '../../platform/instance.ts';
import { unitsInScope } from '../identity/index.ts';
import { currentTypes } from '../library/index.ts';
import { allSites, columnsOfSites, takesEntries } from '../sites/index.ts';
import type { KeyView } from './key-view.ts';
import { findRepository } from './repository.ts';

const mostUnits = 5_000;
const mostColumns = 20_000;

/** Who answers, and what there is to choose from with a key. */
export async function tellAbout(db: Db, view: KeyView): Promise<OpenAbout> {
  const { unitIds, columnIds, fullText } = view;
  const { types } = view.now;
  const { repositoryName } = await findRepository(db);
  const among = (list: readonly string[] | null, id: string): boolean => list?.includes(id) ?? true;
  const units = (await unitsInScope(db, { kind: 'all' }))
    .filter((unit) => among(unitIds, unit.id))
    .sort((one, other) => Number(one.id) - Number(other.id));
  const sites = new Map(
    (await allSites(db)).filter((site) => site.state === 'online').map((site) => [site.id, site.name]),
  );
  const columns = (await columnsOfSites(db, [...sites.keys()])).filter(
    (column) => takesEntries(column.kind) && among(columnIds, column.id) && isOfUnit(view, column.unitId),
  );
  return {
    instance: await instanceOf(db),
    name: repositoryName,
    fullText,
    reach: createHash('sha256')
      .update(
        JSON.stringify([
          ...[...[unitIds, columnIds, types].map((list) => list?.toSorted() ?? null), fullText],
          // Followers that were told nothing of rulings and terms read everything once more.
          'marked',
        ]),
      )
      .digest('hex'),
    types: (await currentTypes(db))
      .filter((type) => among(types, type.key))
      .map(({ key, name }) => ({ key, name })),
    units: units.slice(0, mostUnits).map(({ id, name }) => ({ id, name })),
    columns: columns
      .slice(0, mostColumns)
      .map(({ id, name, siteId }) => ({ id, name, site: sites.get(siteId) ?? '' })),
  };
}

/** A key for some units, and no columns in particular, is told of the columns that these answer for. */
const isOfUnit = ({ unitIds, columnIds }: KeyView, unitId: string): boolean =>
  columnIds !== null || unitIds === null || unitIds.includes(unitId);
