import type { AcceptedProposal } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { acceptedContents } from './accepted-relation.rules.ts';
import { getHead, lockResource, requireEditor } from './find-resource.ts';
import { liveResources } from './live.queries.ts';
import { decideProposals, type OpenProposal, proposalForUpdate } from './proposal.queries.ts';
import { canEdit } from './resource.policy.ts';
import { resourceForUpdate, type ResourceRow } from './resource.queries.ts';
import { saveDraft } from './save-draft.ts';

interface ProposalInput {
  readonly id: string;
}

/** Both sides, the lesser id first so that nobody waits in a circle; the named one only as far as the actor may see. */
async function lockSides(ctx: Ctx, { fromId, toId }: OpenProposal) {
  const lockTo = () => resourceForUpdate(ctx.db, ctx.actor.scope, toId);
  if (BigInt(fromId) < BigInt(toId)) {
    const from = await lockResource(ctx, fromId);
    return { from, to: await lockTo() };
  }
  const to = await lockTo();
  return { from: await lockResource(ctx, fromId), to };
}

async function openProposal(ctx: Ctx, id: string) {
  const proposal = await proposalForUpdate(ctx.db, id);
  const missing = new AppError('not-found', 'library.proposal-not-found', '没有这条建议，或者您无权查看。');
  if (!proposal) throw missing;
  const sides = await lockSides(ctx, proposal).catch((error: unknown) => {
    throw error instanceof AppError && error.kind === 'not-found' ? missing : error;
  });
  requireEditor(ctx, sides.from.unitId);
  if (proposal.state === 'accepted') {
    throw new AppError('conflict', 'library.proposal-decided', '这条建议已经采纳。');
  }
  return { proposal, ...sides };
}

const actedOn = ({ id }: ProposalInput) => ({ kind: 'relation-proposal', id });
const decidedBy = (ctx: Ctx): string | null => (ctx.actor.kind === 'account' ? ctx.actor.id : null);

/**
 * Writes the relation into a new draft of the side that names, and the validity that follows into one of the other side
 * where the actor writes that, too. Both go through review as any change; until then citizens see what was signed.
 */
export const acceptProposal = defineCommand(
  'library.accept-proposal',
  actedOn,
  async (ctx, { id }: ProposalInput): Promise<AcceptedProposal> => {
    const { proposal, from, to } = await openProposal(ctx, id);
    const isWritable = to !== undefined && canEdit(ctx.actor, to.unitId);
    const named = isWritable
      ? (await getHead(ctx, to)).content
      : (await liveResources(ctx.db, [proposal.toId])).get(proposal.toId)?.content;
    if (!named) throw new AppError('conflict', 'library.relation-invalid', '另一份文件已经不再公开。');
    const before = { from: (await getHead(ctx, from)).content, to: named };
    const after = acceptedContents({
      kind: proposal.kind,
      from: { id: from.id, content: before.from },
      to: { id: proposal.toId, content: before.to },
    });
    const changed = [await saved(ctx, from, after.from)];
    const left: string[] = [];
    if (after.to !== before.to) {
      if (isWritable) changed.push(await saved(ctx, to, after.to));
      else left.push(proposal.toId);
    }
    await decideProposals(ctx.db, [id], { state: 'accepted', by: decidedBy(ctx), at: ctx.now });
    return { changed, left };
  },
);

async function saved(
  ctx: Ctx,
  { id, version }: ResourceRow,
  content: Parameters<typeof saveDraft.run>[1]['content'],
) {
  await saveDraft.run(ctx, { resourceId: id, expectedVersion: version, content, origin: 'saved' });
  return id;
}

export const dismissProposal = defineCommand(
  'library.dismiss-proposal',
  actedOn,
  async (ctx, { id }: ProposalInput): Promise<null> => {
    await openProposal(ctx, id);
    await decideProposals(ctx.db, [id], { state: 'dismissed', by: decidedBy(ctx), at: ctx.now });
    return null;
  },
);
