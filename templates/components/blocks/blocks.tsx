import type { FunctionComponent } from 'preact';
import type { HomeBlock } from '../../block-types.ts';
import type { BlockProps } from './block-of.ts';
import { CardsBlock } from '../cards-block/cards-block.tsx';
import { ChartBlock } from '../chart-block/chart-block.tsx';
import { ColumnsBlock } from '../columns-block/columns-block.tsx';
import { FiguresBlock } from '../figures-block/figures-block.tsx';
import { LeadBlock } from '../lead-block/lead-block.tsx';
import { LinkGroupsBlock, LinksBlock } from '../links-block/links-block.tsx';
import { NoticesBlock } from '../notices-block/notices-block.tsx';
import { PictureBlock } from '../picture-block/picture-block.tsx';
import { ProfileBlock } from '../profile-block/profile-block.tsx';
import { ServiceGroupsBlock, ServicesBlock } from '../services-block/services-block.tsx';
import { TabsBlock } from '../tabs-block/tabs-block.tsx';
import { TextBlock } from '../text-block/text-block.tsx';
import { VideoBlock } from '../video-block/video-block.tsx';

/** What home and topic pages are made of. A block without content leaves no trace: no page shows an empty column. */
export function Blocks({ blocks }: { readonly blocks: readonly HomeBlock[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <OneBlock block={block} id={`block-${index}`} />
      ))}
    </>
  );
}

const components: { readonly [K in HomeBlock['kind']]: FunctionComponent<BlockProps<K>> } = {
  lead: LeadBlock,
  columns: ColumnsBlock,
  tabs: TabsBlock,
  notices: NoticesBlock,
  links: LinksBlock,
  'link-groups': LinkGroupsBlock,
  services: ServicesBlock,
  'service-groups': ServiceGroupsBlock,
  figures: FiguresBlock,
  chart: ChartBlock,
  cards: CardsBlock,
  text: TextBlock,
  picture: PictureBlock,
  video: VideoBlock,
  profile: ProfileBlock,
};

function OneBlock({ block, id }: { block: HomeBlock; id: string }) {
  // Each kind has its own component in the table; the compiler cannot follow the pair through a variable.
  const Component = components[block.kind] as FunctionComponent<BlockProps<HomeBlock['kind']>>;
  return <Component block={block} id={id} />;
}
