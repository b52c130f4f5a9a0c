import type { Examples } from '../examples.ts';
import { Pager } from './pager.tsx';

export const pagerExamples: Examples = {
  'the newest page': <Pager pager={{ olderUrl: '/a/list-12.html', oldestUrl: '/a/list-1.html' }} />,
  'a page of the archive': (
    <Pager
      pager={{
        number: 12,
        newestUrl: '/a/',
        newerUrl: '/a/list-13.html',
        olderUrl: '/a/list-11.html',
        oldestUrl: '/a/list-1.html',
      }}
    />
  ),
  'the only page': <Pager pager={{}} />,
};
