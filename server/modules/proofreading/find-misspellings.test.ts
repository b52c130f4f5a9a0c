import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sentencesOfSmall, trainSmall } from '../../../test/factories/spelling.ts';
import { indexKnownWords, MisspellingFinder } from './find-misspellings.ts';
import { readSpellingModel, writeSpellingModel } from './spelling-model-file.ts';

const trained = trainSmall();
const finder = new MisspellingFinder(trained.model);

describe('finding misspellings', () => {
  it('finds a character of the same sound, whatever the signs around it', () => {
    const [found] = finder.find('街道办事处应当加强安全生产官理,并报告结果。', { threshold: 0 });
    expect(found).toMatchObject({ found: '官', suggestion: '管', start: 13, end: 14 });
  });

  it('finds a whole word of the same sound as one finding', () => {
    const found = finder.find('主管机关及时公开信用欣喜公示，并接受群众监督。', { threshold: 0 });
    expect(found).toMatchObject([{ found: '欣喜', suggestion: '信息' }]);
  });

  it('finds nothing in what it learned from', () => {
    const faulty = [...sentencesOfSmall()].filter((sentence) => finder.find(sentence).length > 0);
    expect(faulty).toEqual([]);
  });

  it('leaves what lies within a known word alone', () => {
    const text = '街道办事处应当加强安全生产官理，并报告结果。';
    expect(finder.find(text, { threshold: 0, knownWords: indexKnownWords(['生产官理']) })).toEqual([]);
    expect(finder.find(text, { threshold: 0, knownWords: indexKnownWords(['官府']) })).toHaveLength(1);
  });

  it('stays within any text, and says where it found what', () => {
    const letters = fc.constantFrom(...'信欣息喜监建检公开，。 \n0a😀应当'.split(''));
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        for (const { start, end, found, suggestion } of finder.find(text, { threshold: -5 })) {
          expect(text.slice(start, end)).toBe(found);
          expect(suggestion).toHaveLength(end - start);
          expect(suggestion).not.toBe(found);
        }
      }),
    );
  });

  it('learns the same from the same texts', () => {
    const again = trainSmall().model;
    expect(again.forest).toEqual(trained.model.forest);
    expect(again.threshold).toBe(trained.model.threshold);
  });
});

describe('the file of a model', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-spelling-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('is read as it was written', async () => {
    const file = join(directory, 'new', 'model.bin');
    const digest = await writeSpellingModel(file, trained.model);
    const read = await readSpellingModel(file);
    expect(read?.digest).toBe(digest);
    expect(read?.model.forest).toEqual(trained.model.forest);
    const text = '街道办事处应当加强安全生产官理，并报告结果。';
    if (!read) throw new Error('not read');
    expect(new MisspellingFinder(read.model).find(text)).toEqual(finder.find(text));
  });

  it('is not read when it is missing, cut off or damaged', async () => {
    const file = join(directory, 'model.bin');
    expect(await readSpellingModel(file)).toBeUndefined();
    await writeSpellingModel(file, trained.model);
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length - 64));
    expect(await readSpellingModel(file)).toBeUndefined();
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(file, bytes);
    expect(await readSpellingModel(file)).toBeUndefined();
    await writeFile(file, 'something else');
    expect(await readSpellingModel(file)).toBeUndefined();
  });
});
