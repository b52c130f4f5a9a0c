import type { ResourceContent } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { acceptedContents } from './accepted-relation.rules.ts';
import { libraryEvents } from './events.ts';
import { lockType } from './find-type.ts';
import { liveResources } from './live.queries.ts';
import { decideProposals, type OpenProposal, proposalsOfImports } from './proposal.queries.ts';
import { reviseImport, untouchedImports } from './revise-imports.ts';
import { checkedContent } from './write-revision.ts';

export interface RelateInput {
  readonly unitId: string;
  /** Only what is at least as sure as this, in hundredths. */
  readonly least: number;
  /** The last proposal of the batch before; '0' at the beginning. */
  readonly after: string;
}

export interface RelatedBatch {
  readonly last: string | null;
  readonly accepted: number;
  /** Somebody has worked on one of the two since, or it is full: left to the editors. */
  readonly left: number;
}

const atOnce = 200;

/**
 * Accepts what was proposed among an archive as it was imported: relations are part of what is brought in, as text and
 * dates are, and nobody here has signed any of it. What people have worked on since waits for them.
 */
export const relateImports = defineCommand(
  'library.relate-imports',
  ({ unitId, least }: RelateInput, result: RelatedBatch | undefined) => ({
    ...{ kind: 'unit', id: unitId, unitId },
    details: { least, accepted: result?.accepted ?? 0, left: result?.left ?? 0 },
  }),
  async (ctx, input): Promise<RelatedBatch> => {
    if (ctx.actor.kind !== 'system') {
      throw new AppError('forbidden', 'library.operator-required', '旧站数据由运维人员用导入命令导入。');
    }
    const proposals = await proposalsOfImports(ctx.db, input, atOnce);
    const accepted = await acceptAll(ctx, input.unitId, proposals);
    await decideProposals(ctx.db, accepted, { state: 'accepted', by: null, at: ctx.now });
    const last = proposals.at(-1)?.id ?? null;
    return { last, accepted: accepted.length, left: proposals.length - accepted.length };
  },
);

/** One revision for each resource, however many proposals it is part of. */
async function acceptAll(
  ctx: Ctx,
  unitId: string,
  proposals: readonly OpenProposal[],
): Promise<readonly string[]> {
  const ids = [...new Set(proposals.flatMap(({ fromId, toId }) => [fromId, toId]))];
  const standing = await untouchedImports(ctx.db, unitId, ids);
  // Of what is written again the text as it was brought in, not as it is shown: rulings and labels lie over that.
  const before = new Map(
    [...(await liveResources(ctx.db, ids)), ...standing].map(([id, { content }]) => [id, content]),
  );
  const contents = new Map(before);
  const accepted: string[] = [];
  for (const { id, kind, fromId, toId } of proposals) {
    const [from, to] = [contents.get(fromId), contents.get(toId)];
    if (!from || !to || !standing.has(fromId)) continue;
    const after = contentsAfter({
      kind,
      from: { id: fromId, content: from },
      to: { id: toId, content: to },
    });
    if (!after || (after.to !== to && !standing.has(toId))) continue;
    contents.set(fromId, after.from);
    contents.set(toId, after.to);
    accepted.push(id);
  }
  await writeChanged(ctx, [...standing.values()], (id) => {
    const content = contents.get(id);
    return content === before.get(id) ? undefined : content;
  });
  return accepted;
}

/** Undefined when there is no room for it: that is for a person to look at. */
function contentsAfter(relation: Parameters<typeof acceptedContents>[0]) {
  try {
    return acceptedContents(relation);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

async function writeChanged(
  ctx: Ctx,
  standing: readonly Parameters<typeof reviseImport>[1][],
  changedContent: (id: string) => ResourceContent | undefined,
): Promise<void> {
  const type = await lockType(ctx.db, 'policy');
  const tags: string[] = [];
  for (const one of standing) {
    const content = changedContent(one.id);
    if (content) tags.push(...(await reviseImport(ctx, one, checkedContent(type, content))));
  }
  if (tags.length > 0) await ctx.announce({ name: libraryEvents.released, tags, payload: {}, priority: 1 });
}
