import type { Actor } from '../contracts/actor.ts';
import type { Parts } from '../server/app.ts';
import { changeCatalogue, changeColumn, columnsById } from '../server/modules/sites/index.ts';
import type { DemoColumn, DemoPerson, District } from './district.ts';
import type { Cast } from './play-entries.ts';

interface Stage {
  readonly parts: Parts;
  readonly cast: Cast;
  readonly district: District;
  readonly founder: Actor;
}

export const columnsOf = (columns: readonly DemoColumn[]): readonly DemoColumn[] =>
  columns.flatMap((column) => [column, ...columnsOf(column.children)]);

/** Says of every column who keeps it filled and how: the one who signs for the unit answers, its liaison is asked. */
export async function compileCatalogue({ parts, cast, district, founder }: Stage): Promise<void> {
  const accountOf = (person: DemoPerson | undefined): string | null =>
    (person && cast.people.get(person.login)?.id) ?? null;
  const holder = (unit: string, role: DemoPerson['roles'][number]): DemoPerson | undefined =>
    district.people.find((person) => person.unit === unit && person.roles.includes(role));
  for (const site of district.sites) {
    for (const column of columnsOf(site.columns)) {
      const { unit, requirement, ways, suppliers } = column;
      const change = {
        responsibleId: accountOf(holder(unit, 'principal')),
        contactId: accountOf(holder(unit, 'liaison') ?? holder(unit, 'editor')),
        requirement,
        ways: [...ways],
        supplierIds: suppliers.map((key) => cast.units.get(key) ?? '0'),
      };
      const columnId = cast.columns.get(`${site.key}:${column.key}`) ?? '0';
      const siteId = cast.sites.get(site.key)?.id ?? '0';
      const input = { siteId, entries: [{ columnId, expectedVersion: 1 }], change };
      await parts.performAsSystem(changeCatalogue, input, { actor: founder });
    }
  }
}

/** Columns are put into the navigation and on the home page when they have something to show. */
export async function showColumns({ parts, cast, district, founder }: Stage): Promise<void> {
  for (const site of district.sites) {
    for (const column of columnsOf(site.columns)) {
      if (!column.showInNavigation && column.onHome === null) continue;
      const columnId = cast.columns.get(`${site.key}:${column.key}`) ?? '0';
      const [row] = await columnsById(parts.db, [columnId]);
      if (!row) throw new Error(`no column ${column.key}`);
      const input = { columnId, expectedVersion: row.version, inNavigation: column.showInNavigation };
      await parts.performAsSystem(
        changeColumn,
        { ...input, homePosition: column.onHome },
        { actor: founder },
      );
    }
  }
}
