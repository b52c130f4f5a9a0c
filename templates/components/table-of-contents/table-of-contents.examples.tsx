import type { Examples } from '../examples.ts';
import { TableOfContents } from './table-of-contents.tsx';

export const tableOfContentsExamples: Examples = {
  'chapters and articles': (
    <TableOfContents
      entries={[
        { level: 2, text: '第一章 总则', anchor: 'a' },
        { level: 3, text: '第一条', anchor: 'b' },
        { level: 2, text: '第二章 补贴', anchor: 'c' },
      ]}
    />
  ),
};
