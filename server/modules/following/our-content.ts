import { Value } from 'typebox/value';

import { ResourceContent, relationKinds, type ResourceType } from '../../../contracts/library.ts';
import type { RichDocument } from '../../../contracts/rich-text.ts';
import { AppError } from '../../platform/errors.ts';
import { mostAwaited } from './following.types.ts';
import type { ContentAnswer } from './platform-answer.ts';

export interface TheirThings {
  /** Files of ours, by what they are called there. */
  readonly assets: ReadonlyMap<string, string>;
  /** Resources of ours, by what they are called there. */
  readonly resources: ReadonlyMap<string, string>;
  /** How ours describes the type: what it has no field for is left out. */
  readonly type: ResourceType;
}

/** Only the platform itself knows what these mean. */
const ownOnly = ['blocks', 'siteId', 'typeVersion'];

const without = (content: object, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(content).filter(([key]) => !keys.includes(key)));

const refused = (message: string): AppError => new AppError('invalid', 'library.content-invalid', message);

/** What they wrote, as far as it can be kept elsewhere. */
export function keepableContent(theirs: ContentAnswer): ResourceContent {
  const given = without(theirs.content, ownOnly);
  if (!Value.Check(ResourceContent, given)) throw refused('内容的格式与本平台不符。');
  return given;
}

/**
 * The same in our ids: no id of theirs gets through. What names something that is not here is left out; a path of their
 * site becomes the address that it stands for.
 */
export function ourContent(
  theirs: ContentAnswer,
  given: ResourceContent,
  things: TheirThings,
): ResourceContent {
  const ourAsset = (id: string | null | undefined): string | undefined => things.assets.get(id ?? '');
  const relations = relationKinds.flatMap((kind) => {
    const named = given[kind]?.flatMap((id) => things.resources.get(id) ?? []);
    return named === undefined ? [] : [[kind, [...new Set(named)]] as const];
  });
  const cover = ourAsset(given.coverAssetId);
  const film = ourAsset(given.filmAssetId);
  const hasSource = things.type.fields.some((field) => field.key === 'source');
  return {
    ...(without(given, ['coverAssetId', 'filmAssetId']) as ResourceContent),
    ...Object.fromEntries(relations),
    ...(cover === undefined ? {} : { coverAssetId: cover }),
    ...(film === undefined ? {} : { filmAssetId: film }),
    ...(given.attachments === undefined
      ? {}
      : {
          attachments: given.attachments.flatMap(({ assetId, name }) => {
            const ours = ourAsset(assetId);
            return ours === undefined ? [] : [{ assetId: ours, name }];
          }),
        }),
    ...(given.body === undefined ? {} : { body: ourBody(given.body, theirs.url, things.assets) }),
    // A reprint names its source.
    ...(hasSource && (given.source ?? '').trim() === '' ? { source: theirs.unit.name.slice(0, 100) } : {}),
  };
}

/** What it names there and is not here (yet), as far as anybody waits for it. */
export function awaitedBy(theirs: ContentAnswer, resources: ReadonlyMap<string, string>): string[] {
  const content = theirs.content as Readonly<Record<string, unknown>>;
  const named = relationKinds.flatMap((kind) => {
    const ids = content[kind];
    return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
  });
  return [...new Set(named)]
    .filter((id) => /^[1-9][0-9]{0,17}$/.test(id) && !resources.has(id))
    .slice(0, mostAwaited);
}

/** Every resource that it names there. */
export function namedThere(theirs: ContentAnswer): string[] {
  return awaitedBy(theirs, new Map());
}

interface Node {
  readonly type?: unknown;
  readonly attrs?: unknown;
  readonly marks?: unknown;
  readonly content?: unknown;
}

const deepest = 60;

function ourBody(body: RichDocument, url: string | null, assets: ReadonlyMap<string, string>): RichDocument {
  return ourNode(body, { url, assets, depth: 0 }) as RichDocument;
}

interface Around {
  readonly url: string | null;
  readonly assets: ReadonlyMap<string, string>;
  readonly depth: number;
}

/** Nodes that are wrong stay as they are: the validator of every text refuses them. */
function ourNode(node: Node, around: Around): Node {
  if (around.depth > deepest) throw refused('正文嵌套太深。');
  const inner = { ...around, depth: around.depth + 1 };
  return {
    ...node,
    ...(node.type === 'image' && isObject(node.attrs)
      ? { attrs: { ...node.attrs, assetId: around.assets.get(String(node.attrs['assetId'])) ?? '' } }
      : {}),
    ...(Array.isArray(node.marks) ? { marks: node.marks.flatMap((mark) => ourMark(mark, around.url)) } : {}),
    ...(Array.isArray(node.content)
      ? {
          content: (node.content as unknown[])
            .map((one) => (isObject(one) ? ourNode(one, inner) : one))
            .filter((one) => !isLostPicture(one)),
        }
      : {}),
  };
}

const isLostPicture = (node: unknown): boolean =>
  isObject(node) && node['type'] === 'image' && isObject(node['attrs']) && node['attrs']['assetId'] === '';

function ourMark(mark: unknown, url: string | null): readonly unknown[] {
  if (!isObject(mark) || mark['type'] !== 'link' || !isObject(mark['attrs'])) return [mark];
  const { href } = mark['attrs'];
  if (typeof href !== 'string' || !href.startsWith('/')) return [mark];
  if (url === null || !URL.canParse(href, url)) return [];
  return [{ ...mark, attrs: { ...mark['attrs'], href: new URL(href, url).href } }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
