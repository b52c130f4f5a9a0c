import type { Examples } from '../examples.ts';
import { policies } from '../../pages/entries.examples.ts';
import { EntryBlock } from './entry-block.tsx';

export const entryBlockExamples: Examples = {
  'a column with an expired document': (
    <EntryBlock block={{ title: '政策文件', url: '/zwgk/zcwj/', entries: policies }} id="entries" />
  ),
};
