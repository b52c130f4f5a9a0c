import type { ResourceContent, ResourceTypeKey } from '../../../contracts/library.ts';
import {
  type CheckedRevision,
  type FindingReason,
  mostFindings,
  type Proofreading,
} from '../../../contracts/proofreading.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import type { Db } from '../../platform/db.ts';
import {
  beginningsOf,
  getResource,
  knownAssets,
  requireEditor,
  requireSoundBodies,
  revisionByNumber,
  typeAsItIs,
} from '../library/index.ts';
import {
  checkedRevision,
  formerReasons,
  insertOverrides,
  overridesOf,
  recordChecked,
} from './checked-revision.queries.ts';
import type { FileText } from './checked-text.ts';
import { loadFacts } from './load-facts.ts';
import { loadFormCheckers } from './load-form-checkers.ts';
import type { Proofreader } from './proofreader.ts';
import { judgeSubmission } from './submission.rules.ts';
import type { Checked } from './submission.types.ts';

/** So much of each attached file is checked. */
export const charactersOfFile = 50_000;

interface Writing {
  readonly resourceId: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly content: ResourceContent;
}

/** The words of the files that a content attaches. A unit's own only: nothing is learnt of another's. */
async function filesOf(db: Db, { unitId, content }: Writing): Promise<readonly FileText[]> {
  const named = new Map((content.attachments ?? []).map((one) => [one.assetId, one.name]));
  if (named.size === 0) return [];
  const known = await knownAssets(db, [...named.keys()]);
  const own = [...named].filter(([id]) => known.get(id)?.unitId === unitId);
  const words = await beginningsOf(
    db,
    own.map(([id]) => id),
    charactersOfFile,
  );
  return own.map(([assetId, name]) => ({ assetId, name, text: words.get(assetId) ?? '' }));
}

async function proofread(
  proofreader: Proofreader,
  { db, now }: Pick<Reader, 'db' | 'now'>,
  writing: Writing,
): Promise<Checked & { readonly generation: string }> {
  const today = dayInChina(now);
  const generation = await proofreader.ready(db, today);
  const type = await typeAsItIs(db, writing.type);
  const files = await filesOf(db, writing);
  const { resourceId: id, content, type: key } = writing;
  const facts = { today, ...(await loadFacts(db, [{ id, type: key }])).get(id) };
  const ofTheMoment = await loadFormCheckers(db, [content]);
  const checked = await proofreader.check({ key, type, content, files, facts, ofTheMoment });
  return { ...checked, generation };
}

/** For whoever is writing: what would be said of the text as it stands. */
export async function checkDraft(
  proofreader: Proofreader,
  reader: Reader,
  { id, content }: { readonly id: string; readonly content: ResourceContent },
): Promise<Proofreading> {
  const { unitId, type } = await getResource(reader, id);
  requireEditor(reader, unitId);
  requireSoundBodies(content);
  const writing = { resourceId: id, unitId, type, content };
  const { findings, complete } = await proofread(proofreader, reader, writing);
  return { findings, complete };
}

export interface SubmittedRevision extends Writing {
  readonly revisionId: string;
  readonly reasons: readonly FindingReason[];
}

/**
 * Lets a revision pass to review, and keeps what was found in it and why it went on. Refused inside the transaction of
 * the submission: the draft stays a draft, and nothing of it is lost.
 */
export async function requireProofread(
  proofreader: Proofreader,
  ctx: Ctx,
  submitted: SubmittedRevision,
): Promise<void> {
  const checked = await proofread(proofreader, ctx, submitted);
  const former = await formerReasons(ctx.db, submitted.resourceId);
  const verdict = judgeSubmission(checked, submitted.reasons, former);
  switch (verdict.kind) {
    case 'blocked':
      throw new AppError('invalid', 'proofreading.blocked', '内容中有禁止发布的问题，请改正后再提交。', {
        details: { findings: verdict.findings },
      });
    case 'too-many':
      throw new AppError(
        'invalid',
        'proofreading.too-many-findings',
        `需要说明理由的问题超过 ${String(mostFindings)} 处，列不全也就说不全，请先改正一部分。`,
        { details: { findings: verdict.findings } },
      );
    case 'unexplained':
      throw new AppError(
        'invalid',
        'proofreading.reason-missing',
        '内容中有需要说明理由的问题，请逐条处理。',
        {
          details: { findings: verdict.findings },
        },
      );
    case 'accepted': {
      await recordChecked(ctx.db, submitted, checked, ctx.now);
      const { id, name } = ctx.actor;
      await insertOverrides(ctx.db, submitted, verdict.explained, { id, name, now: ctx.now });
    }
  }
}

/** What a reviewer sees of the checks of the very revision before them. */
export async function readCheckedRevision(
  reader: Reader,
  { id, number }: { readonly id: string; readonly number: number },
): Promise<CheckedRevision> {
  const resource = await getResource(reader, id);
  const revision = await revisionByNumber(reader.db, resource.id, number);
  if (!revision) throw new AppError('not-found', 'library.revision-not-found', '没有这个版本。');
  const row = await checkedRevision(reader.db, revision.id);
  const overrides = await overridesOf(reader.db, revision.id);
  return {
    checkedAt: row?.checkedAt.toISOString() ?? null,
    findings: row?.findings ?? [],
    complete: row?.complete ?? true,
    overrides: overrides.map((one) => ({ ...one, givenAt: one.givenAt.toISOString() })),
  };
}
