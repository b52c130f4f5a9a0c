import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { sentencesOfSmall, trainSmall } from '../../../test/factories/spelling.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createSpellingChecker } from './check-spelling.ts';
import { isLearningWanted, learnSpelling, spellingRoutes } from './index.ts';
import { readSpellingModel, writeSpellingModel } from './spelling-model-file.ts';
import { lastTraining, recordTraining } from './spelling.queries.ts';

const wrong = '街道办事处应当加强安全生产官理，并报告结果。';

describe('spelling learned from what is published', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [spellingRoutes]);
  let directory = '';
  let district: TestDistrict;
  let operator: Record<string, string>;
  const night = () => new Date('2026-11-27T17:00:00Z');

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-spelling-'));
    district = await aDistrict(stage);
    operator = await signIn(app, await anAccount(db, { unit: district.office, roles: ['operator'] }));
    const columnId = (await aColumn(stage, { site: district.portal })).id;
    for (let text = 0; text < 4; text += 1) {
      const lines = [...sentencesOfSmall()].filter((_, line) => line % 4 === text);
      await aPublished(stage, district.actor, {
        unitId: district.office.id,
        columnIds: [columnId],
        content: { title: `通知${String(text)}`, body: aBody(...lines) },
      });
    }
    await sql`analyze library.resource`.execute(db);
  });
  afterAll(() => rm(directory, { recursive: true }));

  const teacher = (leastCharacters: number) => ({
    ...{ db, clock: night, leastCharacters, file: join(directory, 'model.bin') },
  });
  const look = async (checker = createSpellingChecker(join(directory, 'model.bin'))) => {
    await checker.refresh(db);
    return checker.run({
      ...{ type: 'article', content: { title: '' }, facts: { today: '2026-11-28' } },
      parts: [{ part: 'body', name: '正文', text: wrong }],
    });
  };
  const state = async () => {
    const answer = await app.inject({ url: '/api/proofreading/spelling', headers: operator });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ state: { isLearned: boolean }; words: { id: string; word: string }[] }>();
  };

  it('is silent and says so while there is too little to learn from', async () => {
    expect((await state()).state).toMatchObject({ isLearned: false, trainedAt: null });
    expect(await isLearningWanted(teacher(1_000_000))).toBe(true);
    expect(await isLearningWanted({ ...teacher(1), clock: () => new Date('2026-11-27T04:00:00Z') })).toBe(
      false,
    );
    expect(await learnSpelling(teacher(1_000_000), new AbortController().signal)).toBe('too-little');
    expect((await state()).state).toMatchObject({ isLearned: false, texts: 4 });
    expect(await isLearningWanted(teacher(1_000_000))).toBe(false);
    expect(await look()).toEqual([]);
  });

  it('is learned anew in a thread, and what it made is read', async () => {
    expect(await learnSpelling(teacher(1_000), new AbortController().signal)).toBe('learned');
    expect((await state()).state).toMatchObject({ isLearned: true });
    const read = await readSpellingModel(teacher(0).file);
    expect(read?.digest).toBe((await lastTraining(db))?.digest);
  }, 90_000);

  it('is found by the checker, except in words that are right', async () => {
    const digest = await writeSpellingModel(teacher(0).file, { ...trainSmall().model, threshold: 0 });
    const about = { resources: 4, texts: 4, characters: 20_000, measured: 20, threshold: 0 };
    await recordTraining(db, { ...about, digest, trainedAt: night() });
    expect(await look()).toMatchObject([
      {
        check: 'spelling',
        found: '官',
        suggestion: '管',
        severity: 'note',
        place: { part: 'body', start: 13, end: 14 },
      },
    ]);
    const add = { method: 'POST', url: '/api/proofreading/known-words', headers: operator } as const;
    const added = await app.inject({ ...add, payload: { words: ['生产官理', '浔阳楼'] } });
    expect(added.json()).toEqual({ added: 2 });
    expect((await app.inject({ ...add, payload: { words: ['浔阳楼'] } })).json()).toEqual({ added: 0 });
    expect(await look()).toEqual([]);
    const [, word] = (await state()).words;
    const removed = await app.inject({
      ...{ method: 'DELETE', headers: operator },
      url: `/api/proofreading/known-words/${word?.id ?? ''}`,
    });
    expect(removed.json()).toEqual({ word: '生产官理' });
    expect(await look()).toHaveLength(1);
  });

  it('is read again only when the file changed', async () => {
    const { file } = teacher(0);
    const whole = await readFile(file);
    const old = new Date('2026-11-01T00:00:00Z');
    const put = async (byte: number) => {
      const bytes = Buffer.from(whole);
      bytes[bytes.length - 200] = byte;
      await writeFile(file, bytes);
      await utimes(file, old, old);
    };
    const right = whole[whole.length - 200] ?? 0;
    const checker = createSpellingChecker(file);
    await put(right ^ 1);
    expect(await look(checker)).toEqual([]);
    await put(right);
    expect(await look(checker), 'it was refused, and nobody sees another').toEqual([]);
    await utimes(file, night(), night());
    expect(await look(checker)).toHaveLength(1);
  });

  it('is learned again when the file got lost or another version wrote it', async () => {
    const known = teacher(1);
    await sql`update proofreading.spelling_training set resources = 1000`.execute(db);
    expect(await isLearningWanted(known)).toBe(false);
    const bytes = await readFile(known.file);
    await writeFile(known.file, bytes.subarray(0, bytes.length - 8));
    expect(await isLearningWanted(known), 'cut off').toBe(true);
    await writeFile(known.file, bytes.toString('latin1').replace('"form":1', '"form":0'), 'latin1');
    expect(await isLearningWanted(known), 'of another form').toBe(true);
    await rm(known.file);
    expect(await isLearningWanted(known), 'lost').toBe(true);
  });

  it('takes no words that are none', async () => {
    const payload = { words: ['<b>错</b>'] };
    const answer = await app.inject({
      method: 'POST',
      url: '/api/proofreading/known-words',
      headers: operator,
      payload,
    });
    expect(answer.statusCode).toBe(400);
  });
});
