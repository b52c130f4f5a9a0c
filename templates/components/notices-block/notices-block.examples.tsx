import type { Examples } from '../examples.ts';
import { noticesBlock } from '../../pages/blocks.examples.ts';
import { NoticesBlock } from './notices-block.tsx';

export const noticesBlockExamples: Examples = {
  'as many as it shows': <NoticesBlock block={noticesBlock} id="notices" />,
  'one notice': (
    <NoticesBlock block={{ ...noticesBlock, entries: noticesBlock.entries.slice(0, 1) }} id="notices" />
  ),
};
