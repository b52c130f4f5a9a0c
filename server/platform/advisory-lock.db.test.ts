import { once } from 'node:events';

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { askedDuring } from '../../test/asked.ts';
import { aDatabase } from '../../test/harness.ts';
import { holdingLock } from '../clocks.ts';
import { LockLost, underLock } from './advisory-lock.ts';

const { db } = aDatabase();
const never = new AbortController().signal;
const nothing = () => Promise.resolve();
const beat = 20;

/** Ends the connection that holds the lock, as a server does that is told to end idle ones. */
const endHolder = (lock: number) =>
  sql`select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and granted and ((classid::bigint << 32) | objid::bigint) = ${lock}`.execute(
    db,
  );

describe('work under a lock', () => {
  it('is done by one at a time, and the lock is free when it has ended, however it ended', async () => {
    await underLock(db, 1, async () => {
      expect(await underLock(db, 1, () => Promise.resolve('mine'))).toBeUndefined();
    });
    await expect(underLock(db, 1, () => Promise.reject(new Error('broken off')))).rejects.toThrow(
      'broken off',
    );
    expect(await underLock(db, 1, () => Promise.resolve('mine'))).toBe('mine');
  });

  it('is told when its connection has gone, for somebody else may be at it by then', async () => {
    const told = underLock(
      db,
      2,
      async ({ lost }) => {
        await endHolder(2);
        if (!lost.aborted) await once(lost, 'abort');
        expect(await underLock(db, 2, () => Promise.resolve('mine'))).toBe('mine');
        throw lost.reason;
      },
      beat,
    );
    await expect(told).rejects.toThrow(LockLost);
  });

  it('keeps its connection in use while it does something else', async () => {
    const asked = await askedDuring(() =>
      underLock(db, 3, () => new Promise((done) => setTimeout(done, beat * 10)), beat),
    );
    expect(asked.filter(({ text }) => text.startsWith('select pg_backend_pid()')).length).toBeGreaterThan(2);
  });

  it('of a clock asks for no lock while nothing waits', async () => {
    const asked = await askedDuring(() =>
      holdingLock(db, never, {
        lock: 4,
        isWanted: async () => (await sql`select 1 where false`.execute(db)).rows.length > 0,
        act: () => Promise.reject(new Error('there is nothing to do')),
      }),
    );
    expect(asked.map(({ text }) => text)).toEqual(['select 1 where false']);
  });

  it('of a clock goes on as long as there is more to do', async () => {
    let left = 3;
    await holdingLock(db, never, {
      lock: 5,
      isWanted: () => Promise.resolve(true),
      act: async () => {
        await nothing();
        left -= 1;
        return left;
      },
    });
    expect(left).toBe(0);
  });
});
