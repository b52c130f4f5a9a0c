import type { Examples } from '../examples.ts';
import { textBlock } from '../../pages/blocks.examples.ts';
import { TextBlock } from './text-block.tsx';

export const textBlockExamples: Examples = {
  'with a title': <TextBlock block={textBlock} id="text" />,
  'without a title': <TextBlock block={{ kind: 'text', html: textBlock.html }} id="text" />,
};
