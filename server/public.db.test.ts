import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aDatabase } from '../test/harness.ts';
import { aSystem } from '../test/system.ts';
import { qrCodeSvg } from './platform/qr-code.ts';
import { createPublicSide } from './public.ts';

describe('the public port', () => {
  const database = aDatabase();
  const { db } = database;
  const system = aSystem(database, { timeouts: { statement: 600, lock: 600, idleInTransaction: 600 } });

  const asked = async () => {
    const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and application_name = 'jiyue-public' and wait_event_type = 'Lock'`.execute(
      db,
    );
    return rows[0]?.waiting;
  };

  it('answers without the database, and does not leave its questions waiting there', async () => {
    const side = await createPublicSide(system.parts, 'site');
    const { port } = await side.pages.listen(0);
    await db.transaction().execute(async (holder) => {
      await sql`lock table publishing.redirect, publishing.page in access exclusive mode`.execute(holder);
      const answer = await fetch(`http://127.0.0.1:${String(port)}/nothing.html`);
      expect(answer.status).toBe(404);
      expect(await asked()).toBe(2);
      await sleep(600);
      expect(await asked()).toBe(0);
    });
    await side.stop();
  });
});

describe('what the public port answers without a page', () => {
  const database = aDatabase();
  const system = aSystem(database);

  it('is the code of a page of the very site that was asked, and of nothing else', async () => {
    const side = await createPublicSide(system.parts, 'site');
    const { port } = await side.pages.listen(0);
    const base = `http://127.0.0.1:${String(port)}`;
    const code = async (path: string) => fetch(`${base}/qr.svg?path=${encodeURIComponent(path)}`);
    const answer = await code('/zwgk/a.html');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(await answer.text()).toBe(qrCodeSvg(`${base}/zwgk/a.html`));
    for (const path of [
      '',
      '//example.com/',
      'https://example.com/',
      '/a b',
      '/\\example.com',
      `/${'a'.repeat(601)}`,
      `/${'公'.repeat(300)}`,
    ]) {
      expect((await code(path)).status, path).toBe(400);
    }
    expect((await fetch(`${base}/qr.svg`)).status).toBe(400);
    // The page around the warning is not built yet.
    expect((await fetch(`${base}/leaving?to=https://example.com/`)).status).toBe(404);
    await side.stop();
  });
});

describe('the public port of sites that people reach over https', () => {
  const database = aDatabase();
  const safe = aSystem(database, { base: { scheme: 'https', port: null } });
  const plain = aSystem(database);

  it.each([
    ['https', () => safe, 'max-age=31536000'],
    ['http', () => plain, null],
  ])(
    'with %s it sends the right answer to where browsers should come next time',
    async (_how, of, wanted) => {
      const side = await createPublicSide(of().parts, 'site');
      const { port } = await side.pages.listen(0);
      for (const path of ['/nothing.html', '/static/site.css', '/search?q=a']) {
        const { headers } = await fetch(`http://127.0.0.1:${String(port)}${path}`);
        expect(headers.get('strict-transport-security'), path).toBe(wanted);
        expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      }
      await side.stop();
    },
  );
});

describe('the public port under many questions from one address', () => {
  const database = aDatabase();
  const limited = aSystem(database, { publicRate: 2 });
  const behindProxy = aSystem(database, { publicRate: 2, trustProxy: true });
  const free = aSystem(database, { publicRate: 0 });

  const statuses = async (system: typeof limited, addresses: readonly string[], path = '/search?q=a') => {
    const side = await createPublicSide(system.parts, 'site');
    const { port } = await side.pages.listen(0);
    const replies: Response[] = [];
    for (const address of addresses)
      replies.push(
        await fetch(`http://127.0.0.1:${String(port)}${path}`, { headers: { 'x-forwarded-for': address } }),
      );
    await side.stop();
    return replies;
  };
  const refused = (replies: readonly Response[]) => replies.filter((reply) => reply.status === 429);
  const ten = Array.from({ length: 10 }, () => '203.0.113.7');
  const others = Array.from({ length: 10 }, (_, at) => `203.0.113.${String(at)}`);

  it('tells it to wait, in a page of its own', async () => {
    const [first] = refused(await statuses(limited, ten));
    expect(first?.headers.get('retry-after')).toBe('10');
    expect(await first?.text()).toContain('请求过于频繁');
  });

  it('counts by the address that a trusted proxy states, and believes nobody else', async () => {
    expect(refused(await statuses(behindProxy, others))).toHaveLength(0);
    expect(refused(await statuses(limited, others)).length).toBeGreaterThan(3);
  });

  it('never limits pages and style sheets, nor anything when no limit is wished', async () => {
    expect(refused(await statuses(limited, ten, '/static/site.css'))).toHaveLength(0);
    expect(refused(await statuses(limited, ten, '/nothing.html'))).toHaveLength(0);
    expect(refused(await statuses(free, ten))).toHaveLength(0);
  });
});
