import fc from 'fast-check';
import { expect, it } from 'vitest';

import { aDatabase } from '../../../test/harness.ts';
import { type Command, type Ctx, systemActor } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { changeUnit } from './change-unit.ts';
import { createUnit } from './create-unit.ts';
import { unitTree } from './index.ts';

const { db } = aDatabase();
let code = 0;

function run<I, O>(command: Command<I, O>, input: I): Promise<O> {
  return db.transaction().execute((open) => {
    const now = new Date();
    const rest = {
      actor: systemActor('seed'),
      now,
      requestId: 'r',
      address: null,
      announce: async () => undefined,
    };
    const ctx: Ctx = { db: open, ...rest };
    return command.run(ctx, input);
  });
}

/** The table of ancestors as it must be: every unit with itself and with what its parents lead to. */
async function expectAncestorsToFollowParents(): Promise<void> {
  const units = await unitTree(db);
  const parentOf = new Map(units.map((unit) => [unit.id, unit.parentId]));
  const expected = units.flatMap((unit) => {
    const line: string[] = [];
    for (let id: string | null = unit.id; id !== null; id = parentOf.get(id) ?? null) {
      if (line.length > units.length) throw new Error('the tree has a loop');
      line.push(`${unit.id}<${id}`);
    }
    return line;
  });
  const rows = await db.selectFrom('identity.unit_ancestor').selectAll().execute();
  expect(rows.map((row) => `${row.unit_id}<${row.ancestor_id}`).sort()).toEqual(expected.sort());
  expect(units).toHaveLength(parentOf.size);
}

it('keeps the ancestors of every unit right through any additions and moves', async () => {
  const step = fc.record({ add: fc.boolean(), one: fc.nat(), other: fc.option(fc.nat(), { freq: 4 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      for (const { add, one, other } of steps) {
        const units = await unitTree(db);
        const parentId = other === null ? null : (units[other % (units.length || 1)]?.id ?? null);
        const moved = units[one % (units.length || 1)];
        if (add || !moved) {
          code += 1;
          const organisationCode = `P${String(code).padStart(8, '0')}`;
          await run(createUnit, {
            parentId,
            name: '某某',
            shortName: '某某',
            organisationCode,
            kind: 'section',
          });
          continue;
        }
        const move = run(changeUnit, { id: moved.id, change: { expectedVersion: moved.version, parentId } });
        await move.catch((error: unknown) => {
          if (!(error instanceof AppError && error.code === 'identity.unit-loop')) throw error;
        });
      }
      await expectAncestorsToFollowParents();
    }),
    { numRuns: 10 },
  );
});
