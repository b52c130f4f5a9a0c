import { access, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { PackageExport } from '../../../contracts/packaging.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { performAs } from '../../../test/factories/library.ts';
import { aLiveArticle } from '../../../test/factories/review.ts';
import { aDefinition, aField } from '../../../test/factories/types.ts';
import { silentLog } from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { systemActor } from '../../platform/context.ts';
import type { Log } from '../../platform/log.ts';
import { openSource } from '../../platform/packages/package-source.ts';
import { createType } from '../library/index.ts';
import { checkPackage } from './check-package.ts';
import { packagingRoutes } from './packaging.routes.ts';
import { archiveOf, makePackages } from './run-exports.ts';

const database = aDatabase();
const { db } = database;
const directory = join(tmpdir(), `jiyue-exports-${String(process.pid)}`);
const app = aConsole(database, [packagingRoutes({ directory })]);
type Headers = Readonly<Record<string, string>>;
const signedInAs: { operator?: Headers; other?: Headers; editor?: Headers } = {};
let now = new Date('2026-11-27T01:00:00Z');

beforeAll(async () => {
  signedInAs.operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
  signedInAs.other = await signIn(app, await anAccount(db, { roles: ['operator'] }));
  signedInAs.editor = await signIn(app, await anAccount(db, { roles: ['editor'] }));
  await aLiveArticle(db);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const send = (url: string, who: keyof typeof signedInAs = 'operator', payload?: object) =>
  app.inject({
    method: payload ? 'POST' : 'GET',
    url,
    headers: signedInAs[who] ?? {},
    ...(payload ? { payload } : {}),
  });
const codeOf = async (answer: ReturnType<typeof send>): Promise<string> => {
  const { statusCode, json } = await answer;
  return `${String(statusCode)} ${json<Problem>().code}`;
};
const work = (signal = new AbortController().signal) =>
  makePackages({
    db,
    assets: createFileAssetStore(join(directory, 'assets')),
    directory,
    clock: () => now,
    log: silentLog as unknown as Log,
    signal,
  });
const newest = async (): Promise<PackageExport | undefined> =>
  (await send('/api/exports')).json<{ items: PackageExport[] }>().items[0];

describe('a package that an operator asks for', () => {
  it('is made by the worker, fetched by that operator alone, and deleted after seven days', async () => {
    const asked = await send('/api/exports', 'operator', { types: ['article'] });
    expect(asked.statusCode, asked.body).toBe(201);
    const { id, contents, stage } = asked.json<PackageExport>();
    expect({ contents, stage }).toEqual({ contents: '类型：文章', stage: 'waiting' });
    expect(await codeOf(send('/api/exports', 'operator', {}))).toBe('409 packaging.export-open');
    expect(await codeOf(send(`/api/exports/${id}/file`))).toBe('409 packaging.export-unready');
    await work();
    expect(await newest()).toMatchObject({ id, stage: 'done', mine: true, problem: null });
    const file = await send(`/api/exports/${id}/file`);
    expect(file.headers).toMatchObject({ 'content-type': 'application/zip' });
    const saved = join(await mkdtemp(join(tmpdir(), 'jiyue-fetched-')), 'fetched.zip');
    await writeFile(saved, file.rawPayload);
    const source = await openSource(saved);
    expect((await checkPackage(source)).parts.find((part) => part.name === 'resources')?.rows).toBe(1);
    source.close();
    await rm(join(saved, '..'), { recursive: true });
    const kept = archiveOf(directory, id);
    await rename(kept, `${kept}.away`);
    expect(await codeOf(send(`/api/exports/${id}/file`))).toBe('404 packaging.export-lost');
    await rename(`${kept}.away`, kept);
    expect(await codeOf(send(`/api/exports/${id}/file`, 'other'))).toBe('404 packaging.export-not-found');
    now = new Date('2026-12-04T01:00:01Z');
    await work();
    expect(await codeOf(send(`/api/exports/${id}/file`))).toBe('404 packaging.export-expired');
    await expect(access(archiveOf(directory, id))).rejects.toMatchObject({ code: 'ENOENT' });
    const acts = await db
      .selectFrom('audit.entry')
      .select(['action', 'result'])
      .where('object_kind', '=', 'export')
      .where('object_id', '=', id)
      .where('result', '=', 'done')
      .orderBy('seq')
      .execute();
    expect(acts.map(({ action }) => action)).toEqual(['packaging.request-export', 'packaging.take-export']);
  });

  it('is told of by the names of its types, those of the operators too', async () => {
    const operator = { ...systemActor('test'), roles: ['operator'] as const };
    await performAs({ db }, operator)(createType, {
      key: 'x-register',
      definition: aDefinition('台账', [aField('编号')]),
      note: '第一版',
    });
    const asked = await send('/api/exports', 'other', { types: ['policy', 'x-register'] });
    expect(asked.json<PackageExport>().contents).toBe('类型：政策文件、台账');
    await work();
  });

  it('is given up after three beginnings, or with the reason when it cannot be made', async () => {
    await send('/api/exports', 'operator', {});
    await db.updateTable('packaging.export').set({ attempts: 3 }).where('stage', '=', 'waiting').execute();
    const left = `${archiveOf(directory, (await newest())?.id ?? '')}.partial`;
    await writeFile(left, 'half');
    await work();
    await expect(access(left)).rejects.toThrow();
    expect(await newest()).toMatchObject({
      stage: 'failed',
      problem: expect.stringContaining('多次中断') as string,
    });
    await db
      .insertInto('library.asset')
      .values({
        unit_id: '1',
        digest: 'ab'.repeat(32),
        file_name: 'lost.pdf',
        media_type: 'application/pdf',
        size: '1',
        uploaded_at: now,
      })
      .execute();
    await send('/api/exports', 'operator', {});
    await work();
    expect(await newest()).toMatchObject({
      stage: 'failed',
      problem: expect.stringContaining('缺少文件') as string,
    });
  });

  it('is refused to an editor, and a wish that makes no sense to everybody', async () => {
    expect(await codeOf(send('/api/exports', 'editor'))).toBe('403 packaging.operator-required');
    expect(await codeOf(send('/api/exports', 'editor', {}))).toBe('403 packaging.operator-required');
    expect(await codeOf(send('/api/exports/1/file', 'editor'))).toBe('403 packaging.operator-required');
    expect(await codeOf(send('/api/exports', 'operator', { from: '2026-02-01', to: '2026-01-01' }))).toBe(
      '422 packaging.days-reversed',
    );
    expect(await codeOf(send('/api/exports', 'operator', { types: ['x-nobody-knows'] }))).toBe(
      '422 packaging.selection-unknown',
    );
    expect(await codeOf(send('/api/exports', 'operator', { everything: true }))).toBe(
      '400 request.malformed',
    );
  });
});
