import { assetIdsOfBlocks, bodiesIn } from '../../../contracts/blocks.ts';
import type { ResourceContent, ResourceType } from '../../../contracts/library.ts';
import { emptyDocument, type RichDocument } from '../../../contracts/rich-text.ts';
import type { Ctx } from '../../platform/context.ts';
import { digestOf } from '../../platform/digest.ts';
import { AppError } from '../../platform/errors.ts';
import { assetIdsIn, checkRichDocument } from '../../platform/rich-text/index.ts';
import { assetsNamedBefore, insertRevisionAssets, knownAssets } from './asset.queries.ts';
import { keepFingerprint } from './compare-texts.ts';
import { normaliseContent, requireContent } from './content.rules.ts';
import { namableResources } from './published.queries.ts';
import { requireNoLoop } from './record-relations.ts';
import { namedIn } from './relation.queries.ts';
import { requireKnownTerms } from './require-known-terms.ts';
import { insertRevision, type RevisionRow } from './resource.queries.ts';

export interface RevisionInput {
  readonly resourceId: string;
  readonly unitId: string;
  /** As it is now, locked. */
  readonly type: ResourceType;
  readonly number: number;
  readonly content: ResourceContent;
  readonly origin: 'saved' | 'autosaved' | 'restored';
  /** The revision before, if there is one. */
  readonly before?: ResourceContent;
}

/** Texts with form are of known parts only, and of bounded depth: whatever reads them afterwards may trust them. */
export function requireSoundBodies(given: ResourceContent): void {
  const problems = documentsIn(given).flatMap((document) => checkRichDocument(document));
  if (problems.length === 0) return;
  throw new AppError('invalid', 'library.content-invalid', '正文含有不能保存的内容，请清除格式后重试。', {
    details: { problems: problems.slice(0, 5) },
  });
}

/** Checked, normalised content: well-formed for its type as a draft, with a sound body, and naming the type's version. */
export function checkedContent(described: ResourceType, given: ResourceContent): ResourceContent {
  requireSoundBodies(given);
  const clean = normaliseContent(given, described);
  const hasBody = described.fields.some((field) => field.kind === 'rich-text');
  // Of two ways of writing no body, one.
  const content: ResourceContent = {
    ...clean,
    ...(hasBody && clean.body === undefined ? { body: emptyDocument } : {}),
    ...(described.version > 0 ? { typeVersion: described.version } : {}),
  };
  requireContent(described, content, 'draft');
  return content;
}

/** The body, and the bodies of blocks. */
function documentsIn(content: ResourceContent): readonly RichDocument[] {
  return [...(content.body ? [content.body] : []), ...bodiesIn(content.blocks ?? [])];
}

/** What the content refers to: pictures in texts and blocks, the cover, attachments and films. */
export function assetUses(content: ResourceContent): { assetId: string; role: 'image' | 'attachment' }[] {
  const ofBlocks = assetIdsOfBlocks(content.blocks ?? []);
  const images = new Set([...documentsIn(content).flatMap(assetIdsIn), ...ofBlocks.images]);
  if (content.coverAssetId) images.add(content.coverAssetId);
  const attached = new Set([...(content.attachments ?? []).map((one) => one.assetId), ...ofBlocks.videos]);
  if (content.filmAssetId) attached.add(content.filmAssetId);
  return [
    ...[...images].map((assetId) => ({ assetId, role: 'image' as const })),
    ...[...attached].map((assetId) => ({ assetId, role: 'attachment' as const })),
  ];
}

/** What a text may refer to: what was ever public, and what its own unit writes. Nothing else is known to exist. */
async function requireNamable(ctx: Ctx, input: RevisionInput): Promise<void> {
  const named = namedIn(input.content);
  if (named.length === 0) return;
  const known = await namableResources(
    ctx.db,
    named.map((one) => one.targetId),
  );
  const { fields } = input.type;
  const wrong = named.filter(({ kind, targetId }) => {
    const target = known.get(targetId);
    const wanted = fields.find((field) => field.key === kind)?.resourceType;
    if (!target || targetId === input.resourceId) return true;
    if (!target.wasPublic && target.unitId !== input.unitId) return true;
    return wanted !== undefined && target.type !== wanted;
  });
  if (wrong.length === 0) return requireNoLoop(ctx, input.resourceId, named);
  const message = '选择的信息不存在、还没有发布，或者类型不对，请重新选择。';
  const problems = [...new Set(wrong.map((one) => one.kind))].map((field) => ({ field, message }));
  throw new AppError('invalid', 'library.relation-invalid', message, { details: { problems } });
}

/** The film of a video must be one: a page plays it. */
async function requireFilm(ctx: Ctx, content: ResourceContent): Promise<void> {
  const id = content.filmAssetId;
  if (!id || !/^[1-9][0-9]{0,17}$/.test(id)) return;
  const asset = (await knownAssets(ctx.db, [id])).get(id);
  if (!asset || asset.mediaType.startsWith('video/')) return;
  const message = '视频文件要是 MP4 或 WebM。';
  const details = { problems: [{ field: 'filmAssetId', message }] };
  throw new AppError('invalid', 'library.content-invalid', message, { details });
}

/**
 * Writes one immutable revision. Every file it names must exist and belong to the same unit, or have been named by the
 * resource before: where a unit was divided, one file may serve resources of several.
 */
export async function writeRevision(ctx: Ctx, input: RevisionInput): Promise<RevisionRow> {
  await requireNamable(ctx, input);
  await requireKnownTerms(ctx, input);
  await requireFilm(ctx, input.content);
  const uses = assetUses(input.content);
  const ids = [...new Set(uses.map((use) => use.assetId))];
  const wrongId = ids.find((id) => !/^[1-9][0-9]{0,17}$/.test(id));
  const known =
    wrongId === undefined ? await knownAssets(ctx.db, ids) : new Map<string, { unitId: string }>();
  const strange = ids.filter((id) => known.get(id)?.unitId !== input.unitId);
  const before =
    strange.length > 0 && wrongId === undefined
      ? await assetsNamedBefore(ctx.db, input.resourceId, strange)
      : new Set<string>();
  const missing = strange.filter((id) => !before.has(id));
  if (missing.length > 0) {
    throw new AppError(
      'invalid',
      'library.asset-missing',
      '有图片或附件不存在，或不属于本单位，请重新上传。',
      {
        details: { assetIds: missing.slice(0, 20) },
      },
    );
  }
  const revision = await insertRevision(ctx.db, {
    resourceId: input.resourceId,
    number: input.number,
    content: input.content,
    digest: digestOf(input.content),
    origin: input.origin,
    createdBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
    createdByName: ctx.actor.name,
    createdAt: ctx.now,
  });
  await insertRevisionAssets(ctx.db, revision.id, uses);
  await keepFingerprint(ctx.db, revision);
  return revision;
}
