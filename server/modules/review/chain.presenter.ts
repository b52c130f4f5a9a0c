import {
  type ChosenChain,
  chainSentence,
  escalatedByName,
  type ReviewChain,
} from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { requireUnitInScope, unitNames } from '../identity/index.ts';
import { currentTypes } from '../library/index.ts';
import { columnById, columnLinesOf, columnsById } from '../sites/index.ts';
import { type ChainRow, type ChainVersionRow, versionsOf } from './chain.queries.ts';
import { versionOn } from './chain.rules.ts';
import { chainFor, type ChainWish } from './choose-chain.ts';
import { namesIn } from './name-steps.ts';

type Asking = Pick<Reader, 'db' | 'now'>;
const given = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);

/** Chains with all their versions, and the names of all that they speak of. */
export async function presentChains(
  { db, now }: Asking,
  chains: readonly ChainRow[],
): Promise<ReviewChain[]> {
  const versions = await versionsOf(
    db,
    chains.map(({ id }) => id),
  );
  const names = await namesIn(
    db,
    versions.flatMap(({ steps }) => steps ?? []),
  );
  const units = await unitNames(db, given(chains.map(({ unitId }) => unitId)));
  const columns = await columnsById(db, given(chains.map(({ columnId }) => columnId)));
  const columnNames = new Map(columns.map(({ id, name }) => [id, name]));
  const types = new Map((await currentTypes(db)).map(({ key, name }) => [key, name]));
  const today = dayInChina(now);
  return chains.map((chain) => {
    const own = versions.filter(({ chainId }) => chainId === chain.id);
    const inForce = versionOn(own, today);
    return {
      ...chain,
      unitName: chain.unitId === null ? null : (units.get(chain.unitId) ?? ''),
      columnName: chain.columnId === null ? null : (columnNames.get(chain.columnId) ?? ''),
      typeName: chain.type === null ? null : (types.get(chain.type) ?? chain.type),
      versions: own.map((version) => presentVersion(version, names)),
      people: peopleIn(own).map((id) => ({ id, name: names.people.get(id) ?? '' })),
      inForce: inForce?.steps ? inForce.number : null,
    };
  });
}

function peopleIn(versions: readonly ChainVersionRow[]): readonly string[] {
  const steps = versions.flatMap((version) => version.steps ?? []);
  return [...new Set(steps.flatMap((step) => [...(step.accountIds ?? []), ...escalatedByName(step)]))];
}

function presentVersion(
  row: ChainVersionRow,
  names: Parameters<typeof chainSentence>[1],
): ReviewChain['versions'][number] {
  const { number, name, steps, fewPeopleReason, note, effectiveOn, madeByName, madeAt } = row;
  const sentence = steps ? chainSentence(steps, names) : '停用';
  return {
    ...{ number, name, steps, fewPeopleReason, note, effectiveOn, madeByName, sentence },
    madeAt: madeAt.toISOString(),
  };
}

/** What a work of this unit, column and type would be reviewed by today. */
export async function presentChoice(
  { db, actor, now }: Reader,
  wish: Omit<ChainWish, 'columns'> & { readonly columnId: string | undefined },
): Promise<ChosenChain> {
  requireUnitInScope(actor, wish.unitId);
  const column = wish.columnId === undefined ? undefined : await columnById(db, wish.columnId);
  const columns = await columnLinesOf(db, column ? [column.id] : []);
  const { id, name, steps } = await chainFor(db, { ...wish, columns }, now);
  return { chainId: id, name, sentence: chainSentence(steps, await namesIn(db, steps)) };
}
