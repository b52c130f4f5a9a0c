import type { Examples } from '../examples.ts';
import { tabsBlock } from '../../pages/blocks.examples.ts';
import { TabsBlock } from './tabs-block.tsx';

export const tabsBlockExamples: Examples = {
  'an empty panel is left out': <TabsBlock block={tabsBlock} id="tabs" />,
  'one panel left': <TabsBlock block={{ ...tabsBlock, blocks: tabsBlock.blocks.slice(0, 1) }} id="tabs" />,
};
