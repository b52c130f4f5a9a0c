import type { ResourceContent } from '../../../contracts/library.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  endRelations,
  lockOrderedRelations,
  namedIn,
  type Relation,
  replaceRelations,
  startsLeadingTo,
} from './relation.queries.ts';
import { type RelationOrder, relationOrders } from './relation.rules.ts';

type Named = Omit<Relation, 'resourceId'>;

interface Loop {
  readonly order: RelationOrder;
  readonly named: Named;
}

/**
 * What a content names that would close a circle with what is recorded. Whoever is named on the later side must not
 * lead back to the resource, nor to what the same content puts on the earlier side; read from both ends.
 */
async function loopsOf(
  { db }: Pick<Ctx, 'db'>,
  resourceId: string,
  named: readonly Named[],
): Promise<readonly Loop[]> {
  const loops: Loop[] = [];
  for (const order of relationOrders) {
    const ahead = named.filter(({ kind }) => order.forward.includes(kind));
    const behind = named.filter(({ kind }) => order.backward.includes(kind));
    const without = resourceId;
    const fromAhead = await startsLeadingTo(db, {
      starts: ahead.map((one) => one.targetId),
      goals: [resourceId, ...behind.map((one) => one.targetId)],
      forward: order.forward,
      backward: order.backward,
      without,
    });
    const fromBehind = await startsLeadingTo(db, {
      starts: behind.map((one) => one.targetId),
      goals: [resourceId, ...ahead.map((one) => one.targetId)],
      forward: order.backward,
      backward: order.forward,
      without,
    });
    const wrong = [
      ...ahead.filter((one) => fromAhead.has(one.targetId)),
      ...behind.filter((one) => fromBehind.has(one.targetId)),
    ];
    loops.push(...wrong.map((one) => ({ order, named: one })));
  }
  return loops;
}

function refusalOf(loops: readonly Loop[]): AppError {
  const names = [...new Set(loops.map((one) => one.order.name))].join('、');
  const message = `“${names}”关系绕成了一圈：选择的信息已经直接或间接指向这一条，请重新选择。`;
  const problems = [...new Set(loops.map((one) => one.named.kind))].map((field) => ({ field, message }));
  return new AppError('invalid', 'library.relation-loop', message, { details: { problems } });
}

/** Told to the editor as soon as it is written. */
export async function requireNoLoop(
  ctx: Pick<Ctx, 'db'>,
  resourceId: string,
  named: readonly Named[],
): Promise<void> {
  const loops = await loopsOf(ctx, resourceId, named);
  if (loops.length > 0) throw refusalOf(loops);
}

const isOrdered = ({ kind }: Named): boolean =>
  relationOrders.some((order) => order.forward.includes(kind) || order.backward.includes(kind));

/** For several that go live at once: by resource, all whose pages tell of it. Most texts name nothing. */
export async function recordRelationsOf(
  ctx: Ctx,
  contents: ReadonlyMap<string, ResourceContent>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const silent = [...contents].filter(([, content]) => namedIn(content).length === 0).map(([id]) => id);
  const told = new Map(await endRelations(ctx.db, silent));
  for (const [id, content] of contents) {
    if (namedIn(content).length > 0) told.set(id, await recordRelations(ctx, id, content));
  }
  return told;
}

/**
 * Writes what the revision that is going live names, one row for each relation, and answers all resources whose pages
 * tell of it. What would close a circle by now is refused to a person; a clock has nobody to ask and leaves it out,
 * because a release must not wait for ever.
 */
export async function recordRelations(
  ctx: Ctx,
  resourceId: string,
  content: ResourceContent,
): Promise<readonly string[]> {
  const named = namedIn(content);
  if (!named.some(isOrdered)) return replaceRelations(ctx.db, resourceId, named);
  await lockOrderedRelations(ctx.db);
  const loops = await loopsOf(ctx, resourceId, named);
  if (loops.length > 0 && ctx.actor.kind !== 'system') throw refusalOf(loops);
  const left = new Set(loops.map((one) => one.named));
  return replaceRelations(
    ctx.db,
    resourceId,
    named.filter((one) => !left.has(one)),
  );
}
