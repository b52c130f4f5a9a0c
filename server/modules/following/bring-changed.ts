import type { ItemState } from '../../../contracts/following.ts';
import type { Ctx } from '../../platform/context.ts';
import { digestOf } from '../../platform/digest.ts';
import { type ImportFacts, importFacts, recordOrigins, redraftImport } from '../library/index.ts';
import { moveArchive, reviseArchive } from '../sites/index.ts';
import { itemAfter } from './item-after.ts';
import type { ItemRow, Problem } from './item.queries.ts';
import type { Take } from './prepare-take.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

/** Something that is here already. */
export interface Standing {
  readonly take: Take;
  readonly before: ItemRow | undefined;
  readonly resourceId: string;
  /** Its origin took it down, and shows it again. */
  readonly wasRemoved: boolean;
}

type Known = Standing & { readonly facts: ImportFacts };

const typeChanged: Problem = { code: 'type-changed', message: '对方改了信息类型，没有接收新版本。' };
const inReview: Problem = { code: 'in-review', message: '本地正在审核或待发布，结束后接收新版本。' };

/** Takes over new texts and new places. What people changed here is left as it is, and said. */
export async function bringChanged(
  ctx: Ctx,
  row: SubscriptionRow,
  changed: readonly Standing[],
): Promise<readonly ItemRow[]> {
  const facts = await importFacts(
    ctx.db,
    changed.map((one) => one.resourceId),
  );
  const known = changed.flatMap((one): Known[] => {
    const found = facts.get(one.resourceId);
    return found === undefined ? [] : [{ ...one, facts: found }];
  });
  const fit = known.filter(({ take, facts }) => facts.type === take.type);
  const outcomes = await takeTexts(ctx, row, fit);
  await recordOrigins(
    ctx.db,
    fit.map(({ resourceId, take }) => ({ resourceId, chain: take.chain })),
  );
  for (const { resourceId, take, before } of fit)
    if (before?.columnId !== take.columnId) await moveArchive(ctx, resourceId, take.columnId);
  const at = { pass: row.pass, now: ctx.now };
  return known.map(({ take, before, resourceId }) => {
    const state = outcomes.get(resourceId);
    if (state === undefined)
      return itemAfter(at, take, before, { state: 'refused', resourceId, problem: typeChanged });
    const { columnId, awaits } = take;
    const problem = state === 'waiting' ? inReview : null;
    return itemAfter(at, take, before, { state, resourceId, columnId, awaits, problem });
  });
}

/** What becomes of each text. One that is here word for word is written no second time. */
async function takeTexts(
  ctx: Ctx,
  { mode }: SubscriptionRow,
  fit: readonly Known[],
): Promise<ReadonlyMap<string, ItemState>> {
  const outcomes = new Map<string, ItemState>();
  const archive: Known[] = [];
  for (const one of fit) {
    const { take, resourceId, facts, wasRemoved } = one;
    if (!wasRemoved && facts.isKept && facts.digest === digestOf(take.content).toString('hex'))
      outcomes.set(resourceId, 'taken');
    // What was never public here is still somebody's draft, whatever the subscription says by now.
    else if (mode === 'pending' || !facts.wasPublic) {
      const outcome = await redraftImport(ctx, resourceId, { content: take.content }, wasRemoved);
      outcomes.set(
        resourceId,
        ({ written: 'taken', busy: 'waiting', 'changed-here': 'changed-here' } as const)[outcome],
      );
    } else archive.push(one);
  }
  for (const [unitId, those] of Map.groupBy(archive, ({ facts }) => facts.unitId))
    for (const one of await reviseAll(ctx, unitId, those)) outcomes.set(one, 'taken');
  for (const { resourceId } of archive)
    if (!outcomes.has(resourceId)) outcomes.set(resourceId, 'changed-here');
  return outcomes;
}

/** Which of them took the new text. */
async function reviseAll(ctx: Ctx, unitId: string, archive: readonly Known[]): Promise<readonly string[]> {
  const revised = await reviseArchive.run(ctx, {
    unitId,
    items: archive.map(({ take, facts }) => ({
      importKey: facts.importKey,
      type: take.type,
      content: take.content,
    })),
    revivable: archive.filter((one) => one.wasRemoved).map((one) => one.facts.importKey),
  });
  return revised.map((one) => one.resourceId);
}
