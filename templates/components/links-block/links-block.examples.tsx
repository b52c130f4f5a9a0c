import type { Examples } from '../examples.ts';
import { linkGroupsBlock, linksBlock } from '../../pages/blocks.examples.ts';
import { LinkGroupsBlock, LinksBlock } from './links-block.tsx';

export const linksBlockExamples: Examples = {
  links: <LinksBlock block={linksBlock} id="links" />,
  'links with notes': (
    <LinksBlock
      block={{
        ...linksBlock,
        links: [
          { name: '公开指南', note: '怎样查、怎样申请', url: '/a/' },
          { name: '公开年报', note: '每年 1 月 31 日前发布', url: '/b/' },
        ],
      }}
      id="links"
    />
  ),
  'links in groups': <LinkGroupsBlock block={linkGroupsBlock} id="links" />,
};
