import type { Examples } from '../examples.ts';
import { figuresBlock } from '../../pages/blocks.examples.ts';
import { FiguresBlock } from './figures-block.tsx';

export const figuresBlockExamples: Examples = {
  'five figures with their day': <FiguresBlock block={figuresBlock} id="figures" />,
  'one figure without a unit': (
    <FiguresBlock
      block={{ kind: 'figures', title: '一个数字', figures: [{ name: '社区', value: '62' }] }}
      id="figures"
    />
  ),
};
