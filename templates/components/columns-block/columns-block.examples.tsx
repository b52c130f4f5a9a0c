import type { Examples } from '../examples.ts';
import { columnsBlock } from '../../pages/blocks.examples.ts';
import { policies } from '../../pages/entries.examples.ts';
import { ColumnsBlock } from './columns-block.tsx';

export const columnsBlockExamples: Examples = {
  'two columns': <ColumnsBlock block={columnsBlock} id="columns" />,
  'three columns': (
    <ColumnsBlock
      block={{
        kind: 'columns',
        blocks: [...columnsBlock.blocks, { title: '政策文件', url: '/zwgk/zcwj/', entries: policies }],
      }}
      id="columns"
    />
  ),
  'an empty column is left out': (
    <ColumnsBlock
      block={{
        kind: 'columns',
        blocks: [...columnsBlock.blocks.slice(0, 1), { title: '空栏目', url: '/k/', entries: [] }],
      }}
      id="columns"
    />
  ),
};
