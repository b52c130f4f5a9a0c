import type { Examples } from '../examples.ts';
import { leadBlock } from '../../pages/blocks.examples.ts';
import { news } from '../../pages/entries.examples.ts';
import { LeadBlock } from './lead-block.tsx';

export const leadBlockExamples: Examples = {
  'pictures and headlines': <LeadBlock block={leadBlock} id="lead" />,
  'one picture': <LeadBlock block={{ ...leadBlock, stories: leadBlock.stories.slice(0, 1) }} id="lead" />,
  'headlines only': <LeadBlock block={{ ...leadBlock, stories: [], entries: news.slice(1, 8) }} id="lead" />,
  'pictures only': <LeadBlock block={{ ...leadBlock, entries: [] }} id="lead" />,
  nothing: <LeadBlock block={{ ...leadBlock, stories: [], entries: [] }} id="lead" />,
};
