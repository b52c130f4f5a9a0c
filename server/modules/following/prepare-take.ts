import type { Origin } from '../library/index.ts';
import {
  assetUses,
  currentTypes,
  checkedContent,
  importAsset,
  receiveUpload,
  requireContent,
} from '../library/index.ts';
import type { ResourceContent, ResourceType, ResourceTypeKey } from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';
import { holdsUsableTexts, usableText } from '../../platform/usable-text.ts';
import type { FollowEngine } from './follow-engine.ts';
import { followActor } from './follow-engine.ts';
import { knownFile, noteFile, type Problem } from './item.queries.ts';
import { type ContentAnswer, type FileAnswer } from './platform-answer.ts';
import { FileDiffers, isOfOneAnswer, type PlatformClient } from './platform-client.ts';
import { awaitedBy, keepableContent, ourContent } from './our-content.ts';
import { isItsOwn, unwritten } from './judge-fault.ts';
import { type OurTerms, withOurTerms } from './our-terms.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

/** What is known of a resource of the other platform, whatever becomes of it. */
export interface Seen {
  readonly sourceId: string;
  readonly digest: string | null;
  /** What it said when it was asked for: whoever has the mark has the content. */
  readonly mark: string | null;
  readonly title: string;
  readonly url: string | null;
  readonly indexNumber: string | null;
}

/** One resource, ready to be written: checked, its files here. */
export interface Take extends Seen {
  readonly outcome: 'take';
  readonly type: ResourceTypeKey;
  readonly content: ResourceContent;
  readonly chain: readonly Origin[];
  readonly columnId: string;
  readonly awaits: readonly string[];
  /** What there names it. */
  readonly namedBy: readonly string[];
  readonly publishedAt: string;
}
export interface Refusal extends Seen {
  readonly outcome: 'refuse';
  readonly problem: Problem;
}
export interface Loop extends Seen {
  readonly outcome: 'loop';
}
/** It cannot be had or written now, and is tried again. */
export interface SetAside extends Seen {
  readonly outcome: 'set-aside';
  readonly problem: Problem;
  /** Not even its title is known from this try. */
  readonly isUnread?: true;
}
export type Prepared = Take | Refusal | Loop | SetAside;

export interface Preparing {
  readonly engine: FollowEngine;
  readonly subscription: SubscriptionRow;
  readonly client: PlatformClient;
  /** This installation: what has been here does not come back. */
  readonly instance: string;
  /** Our resources for theirs. */
  readonly resources: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, ResourceType>;
  readonly terms: OurTerms;
  readonly signal: AbortSignal;
}

/** Pages that are composed of a platform's own columns and sites mean nothing on another. */
const unsuitable: ReadonlySet<string> = new Set(['home', 'topic']);

/** What is wrong with one resource: for good, or for now. */
class Unfit extends Error {
  readonly problem: Problem;
  readonly outcome: 'refuse' | 'set-aside';

  constructor(code: Problem['code'], message: string, outcome: Unfit['outcome'] = 'refuse') {
    super(message);
    this.problem = { code, message };
    this.outcome = outcome;
  }
}

export async function typesByKey({ db }: FollowEngine): Promise<ReadonlyMap<string, ResourceType>> {
  return new Map((await currentTypes(db)).map((type) => [type.key, type]));
}

/** Makes of what the other platform says what may be written here; whatever is wrong with it is its own trouble. */
export async function prepareTake(parts: Preparing, theirs: ContentAnswer): Promise<Prepared> {
  const title = usableText(theirs.content.title.replaceAll(/\s+/g, ' ')).slice(0, 300);
  const seen: Seen = {
    sourceId: theirs.id,
    digest: theirs.digest,
    mark: theirs.mark ?? theirs.digest,
    title: title === '' ? `（无标题 ${theirs.id}）` : title,
    url: theirs.url,
    indexNumber: theirs.indexNumber,
  };
  if (theirs.origin.some((one) => one.instance === parts.instance)) return { ...seen, outcome: 'loop' };
  const own = AbortSignal.timeout(parts.engine.limits.resource);
  try {
    return await compose({ ...parts, signal: AbortSignal.any([parts.signal, own]) }, theirs, seen);
  } catch (error) {
    parts.signal.throwIfAborted();
    const { outcome, problem } = own.aborted ? tooSlow : unfitnessOf(error);
    if (outcome === 'set-aside')
      parts.engine.log.warn(
        { err: error, subscription: parts.subscription.id, source: seen.sourceId },
        'a resource of another platform is set aside',
      );
    return { ...seen, outcome, problem };
  }
}

const tooSlow = new Unfit(
  'too-slow',
  '对方的文件来得太慢，没有收完；已收到的文件保留，稍后接着收。',
  'set-aside',
);

/** What is wrong with one resource. Whatever is not its own trouble is thrown on. */
function unfitnessOf(error: unknown): Pick<Unfit, 'outcome' | 'problem'> {
  if (error instanceof Unfit) return error;
  if (!isItsOwn(error)) throw error;
  if (!(error instanceof AppError) || error.kind !== 'invalid')
    return { outcome: 'set-aside', problem: unwritten(error) };
  const { problems } = (error.details ?? {}) as { problems?: readonly { message?: string }[] };
  const more = (problems ?? []).flatMap(({ message }) => message ?? []).slice(0, 3);
  const message = [error.message, ...more].join(' ');
  return { outcome: 'refuse', problem: { code: 'content-refused', message } };
}

async function compose(parts: Preparing, theirs: ContentAnswer, seen: Seen): Promise<Take> {
  const { subscription, types, resources } = parts;
  const last = theirs.origin.at(-1);
  if (last?.instance !== subscription.instance || last.id !== theirs.id) {
    throw new Unfit('origin-wrong', '来源链的最后一段不是对方平台，没有接收。');
  }
  const type = typeFor(types, theirs.type);
  if (!holdsUsableTexts(theirs)) throw new Unfit('content-refused', '内容含有不能保存的控制字符。');
  const given = withOurTerms(keepableContent(theirs), theirs, parts.terms);
  const assets = await bringFiles(parts, theirs, given);
  const content = checkedContent(type, ourContent(theirs, given, { assets, resources, type }));
  requireContent(type, content, 'archive');
  const rule = subscription.rules.find(({ sourceColumnId }) =>
    theirs.columns.some((column) => column.id === sourceColumnId),
  );
  return {
    ...seen,
    outcome: 'take',
    type: type.key,
    content,
    chain: theirs.origin,
    columnId: rule?.columnId ?? subscription.columnId,
    awaits: awaitedBy(theirs, resources),
    namedBy: theirs.namedBy ?? [],
    publishedAt: theirs.publishedAt,
  };
}

function typeFor(types: ReadonlyMap<string, ResourceType>, key: string): ResourceType {
  const type = types.get(key);
  if (!type || type.retired) {
    throw new Unfit('type-unknown', `本平台没有“${key}”这种信息类型，或已停用。新建同名类型后可重新同步。`);
  }
  if (unsuitable.has(type.key)) {
    throw new Unfit('type-unsuitable', `“${type.name}”由对方的栏目组成，不能同步。`);
  }
  return type;
}

/** The files that the content uses, by their ids there. Whatever else an answer lists is not asked for. */
async function bringFiles(
  parts: Preparing,
  { files }: ContentAnswer,
  given: ResourceContent,
): Promise<ReadonlyMap<string, string>> {
  const used = new Set(assetUses(given).map((use) => use.assetId));
  const assets = new Map<string, string>();
  for (const file of files) if (used.has(file.id)) assets.set(file.id, await bringFile(parts, file));
  return assets;
}

/** A file by its digest, looked at like any upload; it is asked for once. */
async function bringFile(parts: Preparing, file: FileAnswer): Promise<string> {
  const { engine, subscription, client, signal } = parts;
  const { db, assets, uploadBytes, scanner, performAsSystem } = engine;
  const known = await knownFile(db, subscription.id, file);
  if (known !== undefined) return known;
  try {
    const upload = await receiveUpload(assets, await client.file(file, uploadBytes, signal), {
      fileName: file.name,
      limitBytes: uploadBytes,
      scanner,
    });
    const { id } = await performAsSystem(
      importAsset,
      { ...upload, unitId: subscription.unitId, uploadedBy: null },
      { actor: followActor },
    );
    await noteFile(db, subscription.id, { ...file, assetId: id });
    return id;
  } catch (error) {
    signal.throwIfAborted();
    const name = file.name.slice(0, 80);
    if (error instanceof FileDiffers) {
      throw new Unfit('file-refused', `文件“${name}”的内容与声明的摘要不符，没有接收。`);
    }
    if (isOfOneAnswer(error)) {
      // It is the file's trouble only when the platform itself still answers.
      await client.about(signal);
      const reason = error instanceof AppError ? error.message : '传到一半断开。';
      throw new Unfit('file-unavailable', `文件“${name}”没有取到：${reason}`, 'set-aside');
    }
    if (error instanceof AppError && error.kind === 'invalid' && error.code.startsWith('library.')) {
      throw new Unfit('file-refused', `文件“${name}”：${error.message}`);
    }
    throw error;
  }
}
