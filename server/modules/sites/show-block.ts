import type { Block, BlockKind } from '../../../contracts/blocks.ts';
import {
  type Entry,
  type EntryBlock,
  type HomeBlock,
  type Picture,
  renderRichText,
} from '../../../templates/index.ts';
import type { BlockMaterial } from './block-material.ts';

export const entriesPerBlock = 8;
const entriesOfNotices = 6;
const mostStories = 5;
/** Fewer lines than this beside the pictures would leave a hole. */
const fewestLines = 4;

type Of<K extends BlockKind> = Extract<Block, { kind: K }>;
type Showers = {
  readonly [K in BlockKind]: (material: BlockMaterial, block: Of<K>) => HomeBlock | undefined;
};

const showers: Showers = {
  lead: ({ filled }, { columnId, secondColumnId }) => {
    const [first, second] = [
      filled(columnId),
      secondColumnId === undefined ? undefined : filled(secondColumnId),
    ];
    const chosen = [first, second].filter((one) => one !== undefined && one.entries.length > 0);
    return leadOf(chosen as EntryBlock[])?.lead;
  },
  columns: (material, { columnIds }) => {
    const blocks = filledOf(material, columnIds);
    return blocks.length === 0 ? undefined : { kind: 'columns', blocks };
  },
  tabs: (material, { title, columnIds }) => {
    const blocks = filledOf(material, columnIds);
    if (blocks.length === 0) return undefined;
    // One tab alone is a column.
    return blocks.length === 1 ? { kind: 'columns', blocks } : { kind: 'tabs', title, blocks };
  },
  notices: ({ filled }, { title, columnId }) => {
    const block = filled(columnId);
    if (!block || block.entries.length === 0) return undefined;
    return { kind: 'notices', title, url: block.url, entries: block.entries.slice(0, entriesOfNotices) };
  },
  services: (_material, { title, url, groups }) => {
    const [only, ...others] = groups;
    if (only && others.length === 0) return { kind: 'services', title, url, links: only.links };
    return { kind: 'service-groups', title, url, groups };
  },
  figures: ({ count }, { title, figures, asOf, url }) => {
    const shown = figures.flatMap(({ name, value, columnId, unit, url: link }) => {
      const number = value ?? (columnId === undefined ? undefined : count(columnId));
      return number === undefined ? [] : [{ name, value: number, unit, url: link }];
    });
    return shown.length === 0 ? undefined : { kind: 'figures', title, figures: shown, asOf, url };
  },
  chart: (_material, { title, form, unit, rows, source, url }) => ({
    kind: 'chart',
    title,
    form,
    unit,
    rows,
    source,
    url,
  }),
  cards: (material, { title, cards }) => ({
    kind: 'cards',
    title,
    // The name stands beside the picture: read aloud once is enough.
    cards: cards.map(({ name, url, note, assetId }) => ({
      name,
      url,
      note,
      picture: picture(material, assetId, ''),
    })),
  }),
  links: (_material, { title, groups }) => {
    const [only, ...others] = groups;
    if (only && others.length === 0) return { kind: 'links', title, links: only.links };
    return { kind: 'link-groups', title, groups };
  },
  text: (material, { title, body }) => ({
    kind: 'text',
    title,
    html: renderRichText(body, {
      asset: (id) => picture(material, id, ''),
      ownHosts: material.atlas.ownHosts,
    }),
  }),
  picture: (material, { assetId, alt, caption, url }) => {
    const shown = picture(material, assetId, alt);
    return shown && { kind: 'picture', picture: shown, caption, url };
  },
  video: (material, { title, assetId, posterAssetId, transcript }) => {
    const film = material.asset(assetId);
    if (!film?.mediaType.startsWith('video/')) return undefined;
    return {
      kind: 'video',
      title,
      url: material.fileUrl(film),
      mediaType: film.mediaType,
      poster: picture(material, posterAssetId, ''),
      transcript,
    };
  },
  profile: (_material, { title, text, facts, url }) => ({ kind: 'profile', title, text, facts, url }),
};

/** What a page shows of a block: nothing when it would be empty. */
export function showBlock(material: BlockMaterial, block: Block): readonly HomeBlock[] {
  const show = showers[block.kind] as (material: BlockMaterial, block: Block) => HomeBlock | undefined;
  const shown = show(material, block);
  return shown ? [shown] : [];
}

function filledOf({ filled }: BlockMaterial, columnIds: readonly string[]): readonly EntryBlock[] {
  return columnIds.flatMap((id) => {
    const block = filled(id);
    if (!block || block.entries.length === 0) return [];
    return [{ ...block, entries: block.entries.slice(0, entriesPerBlock) }];
  });
}

function picture(material: BlockMaterial, id: string | undefined, alt: string): Picture | undefined {
  const asset = material.asset(id);
  const place = asset && material.picture(asset);
  return place && { ...place, alt };
}

/**
 * The top of a home page: pictures of the first column, and beside them its other entries or, when it is a column of
 * pictures only, those of the second. Nothing stands there twice. `used` are the columns that it leaves no more to show of.
 */
export function leadOf(
  columns: readonly EntryBlock[],
): { readonly lead: HomeBlock; readonly used: readonly EntryBlock[] } | undefined {
  const [first, second] = columns;
  if (!first) return undefined;
  const stories = first.entries.filter((entry) => entry.picture !== undefined).slice(0, mostStories);
  const pictured = new Set(stories.map((story) => story.url));
  const linesOf = (block: EntryBlock): readonly Entry[] =>
    block.entries.filter((entry) => !pictured.has(entry.url)).slice(0, entriesPerBlock);
  const own = linesOf(first);
  const heading = own.length < fewestLines && stories.length > 0 && second ? second : first;
  const entries = heading === first ? own : linesOf(heading);
  const lead: HomeBlock = { kind: 'lead', title: heading.title, url: heading.url, stories, entries };
  return { lead, used: heading === first ? [first] : [first, heading] };
}
