import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Import } from '../../../contracts/intake.ts';
import { anAccount, aUnit, signIn } from '../../../test/factories/identity.ts';
import { importActs, sendFile, workOff } from '../../../test/factories/intake.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import type { Command } from '../../platform/context.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);
const records = 1_050;

/** Dies at its n-th batch: before the commit, or when everything is committed and nobody knows. */
class Killed extends Error {}
type Moment = 'before' | 'after';

function dyingAt(batch: number, moment: Moment) {
  let batches = 0;
  return async <I, O>(command: Command<I, O>, input: I): Promise<O> => {
    if (command.name !== 'intake.take-batch') return system.parts.performAsSystem(command, input);
    batches += 1;
    if (batches !== batch) return system.parts.performAsSystem(command, input);
    const kill = (): never => {
      // As the driver says it when its connection is gone.
      throw Object.assign(new Killed('Connection terminated'), { code: '57P01' });
    };
    if (moment === 'after') {
      await system.parts.performAsSystem(command, input);
      return kill();
    }
    return system.parts.performAsSystem(
      {
        ...command,
        run: async (ctx, given) => {
          await command.run(ctx, given);
          return kill();
        },
      },
      input,
    );
  };
}

describe('an import that is killed', () => {
  const tables: { csv: string } = { csv: '' };
  beforeAll(() => {
    const rows = Array.from({ length: records }, (_, at) => `第${at + 1}条,正文${at + 1}`);
    tables.csv = `标题,正文\n${rows.join('\n')}\n`;
  });

  it(
    'goes on where it was, without a record twice or lost, whenever it is killed',
    { timeout: 180_000 },
    async () => {
      const kill = fc.record({
        batch: fc.integer({ min: 1, max: 11 }),
        moment: fc.constantFrom<Moment>('before', 'after'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(kill, { minLength: 1, maxLength: 3 }), async (kills) => {
          const unit = await aUnit(db);
          const headers = await signIn(system.app, await anAccount(db, { unit, roles: ['editor'] }));
          const fields = { unitId: unit.id, mode: 'drafts', type: 'article' };
          const sent = await sendFile(system.app, headers, fields, { name: 'a.csv', bytes: tables.csv });
          const { get, act } = importActs(system.app, headers, sent.json<Import>().id);
          await workOff(system);
          await act('check');
          await workOff(system);
          await act('run');
          for (const { batch, moment } of kills) {
            await workOff(system, { performAsSystem: dyingAt(batch, moment) }).catch((error: unknown) => {
              if (!(error instanceof Killed)) throw error;
            });
          }
          await workOff(system);
          expect(await get()).toMatchObject({
            stage: 'done',
            imported: { read: records, good: records, known: 0, refused: 0 },
          });
          const { rows, titles } = await db
            .selectFrom('library.resource')
            .select(({ fn }) => [
              fn.countAll<string>().as('rows'),
              fn.count<string>('title').distinct().as('titles'),
            ])
            .where('unit_id', '=', unit.id)
            .executeTakeFirstOrThrow();
          expect([Number(rows), Number(titles)]).toEqual([records, records]);
        }),
        { numRuns: 6 },
      );
    },
  );

  it('by its own file again and again ends with a reason instead of for ever', async () => {
    const unit = await aUnit(db);
    const headers = await signIn(system.app, await anAccount(db, { unit, roles: ['editor'] }));
    const fields = { unitId: unit.id, mode: 'drafts', type: 'article' };
    const sent = await sendFile(system.app, headers, fields, { name: 'a.csv', bytes: tables.csv });
    const { get } = importActs(system.app, headers, sent.json<Import>().id);
    const assets = {
      ...system.parts.assets,
      pathOf: (): string => {
        throw new Error('the process dies');
      },
    };
    for (let tries = 0; tries < 4; tries += 1)
      await expect(workOff(system, { assets })).rejects.toThrow('the process dies');
    await workOff(system, { assets });
    expect(await get()).toMatchObject({ stage: 'failed', problem: { code: 'intake.interrupted' } });
  });

  it('by a person stays where it is and goes on when it is wanted', async () => {
    const unit = await aUnit(db);
    const headers = await signIn(system.app, await anAccount(db, { unit, roles: ['editor'] }));
    const fields = { unitId: unit.id, mode: 'drafts', type: 'article' };
    const sent = await sendFile(system.app, headers, fields, { name: 'a.csv', bytes: tables.csv });
    const { get, act } = importActs(system.app, headers, sent.json<Import>().id);
    await workOff(system);
    await act('check');
    await workOff(system);
    await act('run');
    let batches = 0;
    await workOff(system, {
      performAsSystem: async (command, input) => {
        const result = await system.parts.performAsSystem(command, input);
        batches += 1;
        if (batches === 3) await act('cancel');
        return result;
      },
    });
    expect(await get()).toMatchObject({ stage: 'cancelled', imported: { read: 300 }, actions: ['run'] });
    await act('run');
    await workOff(system);
    expect(await get()).toMatchObject({ stage: 'done', imported: { read: records, good: records } });
  });
});
