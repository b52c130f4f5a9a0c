import { describe, expect, it } from 'vitest';

import { authorsOfWork, type WrittenRevision } from './author.rules.ts';

/** `text by author` in the order of writing; the id is the position, from 1. */
const history = (...lines: readonly string[]): WrittenRevision[] =>
  lines.map((line, at) => {
    const [text = '', author = '', origin = 'saved'] = line.split(' ');
    return {
      id: String(at + 1),
      digest: Buffer.from(text),
      origin,
      createdBy: author === 'nobody' ? null : author,
    };
  });

describe('who wrote what a review looks at', () => {
  it.each<[string, WrittenRevision[], string | null, string[]]>([
    ['everybody, before anything is live', history('a ann', 'b bob', 'c ann'), null, ['ann', 'bob']],
    [
      'who wrote after the live revision, afterwards',
      history('a ann', 'b bob', 'c cid', 'd dan'),
      '2',
      ['cid', 'dan'],
    ],
    ['no import', history('a nobody', 'b bob'), null, ['bob']],
    [
      'with a restored text also those who wrote it',
      history('a ann', 'b bob', 'c cid', 'b dan restored'),
      '3',
      ['ann', 'bob', 'dan'],
    ],
    [
      'whoever brings it back, and by whatever means',
      history('a ann', 'b bob', 'a dan'),
      '2',
      ['ann', 'dan'],
    ],
    [
      'also when somebody writes on after it was brought back',
      history('a ann', 'b bob', 'a dan restored', 'e eve'),
      '2',
      ['ann', 'dan', 'eve'],
    ],
    [
      'the later of two equal texts counts',
      history('a ann', 'b bob', 'a cid', 'c dan', 'a eve restored'),
      '4',
      ['ann', 'bob', 'cid', 'eve'],
    ],
    [
      'nobody more for a step back to what citizens see',
      history('a ann', 'b bob', 'c cid', 'b cid restored', 'd dan'),
      '2',
      ['cid', 'dan'],
    ],
    [
      'nobody more for a step back within the work',
      history('a ann', 'b bob', 'c cid', 'd dan', 'c eve restored'),
      '2',
      ['cid', 'dan', 'eve'],
    ],
    [
      'everybody, when nobody can tell what was restored',
      history('a ann', 'b bob', 'x dan restored'),
      '2',
      ['ann', 'bob', 'dan'],
    ],
  ])('%s', (_what, revisions, live, wanted) => {
    expect([...authorsOfWork(revisions, live)].sort()).toEqual(wanted);
  });
});
