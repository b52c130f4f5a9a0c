import type { Examples } from '../examples.ts';
import { emptyBlocks, everyBlock } from '../../pages/blocks.examples.ts';
import { Blocks } from './blocks.tsx';

export const blocksExamples: Examples = {
  'one of each kind': <Blocks blocks={everyBlock} />,
  'without content they leave no trace': <Blocks blocks={emptyBlocks} />,
};
