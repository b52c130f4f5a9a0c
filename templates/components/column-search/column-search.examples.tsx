import type { Examples } from '../examples.ts';
import { ColumnSearch } from './column-search.tsx';

export const columnSearchExamples: Examples = {
  'of notices': <ColumnSearch search={{ action: '/search', column: '3', policies: false }} name="通知公告" />,
  'of documents': (
    <ColumnSearch search={{ action: '/search', column: '4', policies: true }} name="政策文件" />
  ),
};
