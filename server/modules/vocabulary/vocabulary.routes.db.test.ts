import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Endpoint, Problem, ResponseOf } from '../../../contracts/endpoint.ts';
import { type NewTerm, type Term, vocabularyApi } from '../../../contracts/vocabulary.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import { vocabularyRoutes } from './index.ts';

type Headers = Record<string, string>;

describe('the managed vocabularies', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [vocabularyRoutes]);
  let operator: Headers;
  let editor: Headers;
  let made = 0;

  beforeAll(async () => {
    operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
    editor = await signIn(app, await anAccount(db, { roles: ['editor'] }));
  });

  const send = async <E extends Endpoint>(endpoint: E, url: string, headers: Headers, payload?: object) => {
    const asked = { method: endpoint.method, url, headers, ...(payload ? { payload } : {}) };
    const answer = await app.inject(asked);
    const body: ResponseOf<E> & Problem = answer.json();
    return { status: answer.statusCode, body };
  };
  const wording = { synonyms: [], parent: null, validFrom: null };
  const add = (part: Partial<NewTerm>, headers = operator) => {
    made += 1;
    const term = { vocabulary: 'region', code: `r${made}`, label: `区域${made}`, ...wording, ...part };
    return send(vocabularyApi.addTerm, '/api/terms', headers, term);
  };
  const change = ({ id, version, label, synonyms, parent, validFrom }: Term, part: object, by = operator) =>
    send(vocabularyApi.changeTerm, `/api/terms/${id}`, by, {
      expectedVersion: version,
      label,
      synonyms,
      parent,
      validFrom,
      ...part,
    });
  const end = ({ id, version }: Term, part: object, headers = operator) =>
    send(vocabularyApi.endTerm, `/api/terms/${id}/end`, headers, {
      expectedVersion: version,
      validUntil: null,
      replacedBy: null,
      ...part,
    });
  const list = async (vocabulary: string, headers = editor): Promise<readonly Term[]> =>
    (await app.inject({ url: `/api/terms?vocabulary=${vocabulary}`, headers })).json();

  it('begin with topics in two levels, and everybody who works here may read them', async () => {
    const topics = await list('topic');
    expect(topics.find(({ code }) => code === '0201')).toMatchObject({ label: '政务公开', parent: '02' });
    expect(topics.every(({ parent }) => parent === null || topics.some(({ code }) => code === parent))).toBe(
      true,
    );
  });

  it('keep each change with its day, its author and how the term was from then on', async () => {
    const { body: term } = await add({ label: '老城街道', synonyms: ['老城'] });
    const { body: renamed } = await change(term, { label: '老城区街道', note: '更名' });
    await end(renamed, { validUntil: '2026-11-01', note: '撤销' });
    const { body } = await send(vocabularyApi.listTermChanges, `/api/terms/${term.id}/changes`, operator);
    expect(body.map(({ number, act, label, note }) => [number, act, label, note])).toEqual([
      [3, 'ended', '老城区街道', '撤销'],
      [2, 'changed', '老城区街道', '更名'],
      [1, 'added', '老城街道', ''],
    ]);
  });

  it('change nothing and tell nobody when a save changes nothing', async () => {
    const { body: term } = await add({});
    const { body: same } = await change(term, { synonyms: [` ${term.label}`.trim()] });
    expect(same.version).toBe(1);
    const waiting = await sql`select from vocabulary.spreading where term_id = ${term.id}`.execute(db);
    expect(waiting.rows).toHaveLength(0);
  });

  it('refuse a second term of a code or a name, a circle, and a stale save', async () => {
    const { body: term } = await add({ label: '甲村' });
    const { body: below } = await add({ label: '乙组', parent: term.code });
    expect((await add({ code: term.code })).body.code).toBe('vocabulary.code-taken');
    expect((await add({ label: '甲村' })).body.code).toBe('vocabulary.name-taken');
    expect((await change(term, { parent: below.code })).body.code).toBe('vocabulary.loop');
    expect((await end(term, { validUntil: '2026-01-01', replacedBy: term.code })).body.code).toBe(
      'vocabulary.loop',
    );
    await change(term, { label: '甲社区' });
    expect((await change(term, { label: '丙' })).body).toMatchObject({
      status: 409,
      code: 'vocabulary.term-changed',
    });
  });

  it('lose no term and no history, whoever asks the database', async () => {
    await expect(sql`delete from vocabulary.term where code = '0201'`.execute(db)).rejects.toThrow(
      'never deleted',
    );
    await expect(sql`update vocabulary.term_change set note = ''`.execute(db)).rejects.toThrow('rewritten');
  });

  it('come back from their own file unchanged', async () => {
    const file = await app.inject({ url: '/api/term-exports?vocabulary=audience', headers: operator });
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('服务对象词表.csv')}`,
    );
    const payload = { vocabulary: 'audience', text: file.body, dryRun: false };
    const { body } = await send(vocabularyApi.importTerms, '/api/term-imports', operator, payload);
    expect(body).toEqual({ added: 0, changed: 0, unchanged: (await list('audience')).length });
  });

  it('are taken from a file in whole or not at all, in whatever order it names them', async () => {
    const text = '代码,名称,同义词,上级代码\nx2,演示社区,小区；社区,x1\nx1,演示街道,,';
    const send2 = (part: object) =>
      send(vocabularyApi.importTerms, '/api/term-imports', operator, {
        vocabulary: 'region',
        text,
        dryRun: false,
        ...part,
      });
    expect((await send2({ dryRun: true })).body).toEqual({ added: 2, changed: 0, unchanged: 0 });
    expect((await list('region')).some(({ code }) => code === 'x1')).toBe(false);
    const wrong = await send2({ text: `${text}\nx3,没有上级,,x9\nx4,,,` });
    expect(wrong.body).toMatchObject({ status: 422, code: 'vocabulary.import-invalid' });
    expect((await list('region')).some(({ code }) => code === 'x1')).toBe(false);
    expect((await send2({})).body).toEqual({ added: 2, changed: 0, unchanged: 0 });
    const found = (await list('region')).find(({ code }) => code === 'x2');
    expect(found).toMatchObject({ parent: 'x1', synonyms: ['小区', '社区'], version: 1 });
  });

  it.each([
    ['代码;名称\nx9;"甲\n乙"', 'a name of two lines'],
    ['名称\n没有代码', 'a file without codes'],
    ['代码,名称\nx8,甲\nx8,乙', 'a code that comes twice'],
    ['代码,名称,停用日期\nx7,甲,明天', 'a day that is none'],
    ['', 'an empty file'],
  ])('refuse %j: %s', async (text) => {
    const payload = { vocabulary: 'region', text, dryRun: false };
    const { body } = await send(vocabularyApi.importTerms, '/api/term-imports', operator, payload);
    expect(body.code).toBe('vocabulary.import-invalid');
  });

  it('are kept by operators and by nobody else', async () => {
    const { body: term } = await add({});
    const answers = [
      await add({}, editor),
      await change(term, { label: '改名' }, editor),
      await end(term, { validUntil: '2026-01-01' }, editor),
      await send(vocabularyApi.listTermChanges, `/api/terms/${term.id}/changes`, editor),
      await send(vocabularyApi.exportTerms, '/api/term-exports?vocabulary=topic', editor),
      await send(vocabularyApi.importTerms, '/api/term-imports', editor, {
        vocabulary: 'topic',
        text: '代码,名称\nz,甲',
        dryRun: true,
      }),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(answers.map(() => 'vocabulary.operator-required'));
  });

  it.each([
    { vocabulary: 'colour' },
    { code: '有字' },
    { label: '' },
    { label: '两\n行' },
    { synonyms: ['甲；乙'] },
    { parent: 'r 1' },
    { extra: 1 },
  ])('a term with %j is malformed', async (part) => {
    expect((await add(part as never)).status).toBe(400);
  });
});
