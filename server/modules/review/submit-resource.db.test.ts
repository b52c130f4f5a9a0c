import { describe, expect, it } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import { anAccount, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs, someContent } from '../../../test/factories/library.ts';
import { approve, aReviewTeam, publish, type ReviewTeam, submit } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { saveDraft } from '../library/index.ts';
import { changeColumn } from '../sites/index.ts';

describe('an older text that was brought back', () => {
  const database = aDatabase();
  const { db } = database;

  async function save(
    who: TestAccount,
    resourceId: string,
    content: ResourceContent,
    origin: 'saved' | 'restored' = 'saved',
  ) {
    const { version } = await db
      .selectFrom('library.resource')
      .select('version')
      .where('id', '=', resourceId)
      .executeTakeFirstOrThrow();
    return performAs(database, who)(saveDraft, { resourceId, expectedVersion: version, content, origin });
  }

  /** Written by two, published, written anew by a third, published; the third brings the first text back. */
  async function aReturn(
    way: 'restored' | 'saved',
  ): Promise<{ team: ReviewTeam; writers: TestAccount[]; resourceId: string }> {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const both = () => anAccount(db, { unit: team.unit, roles: ['editor', 'reviewer'] });
    const writers = [await both(), await both()];
    const draft = await aDraft(db, { editor: writers[0] ?? team.editor, column });
    const former = someContent({ title: '原来的标题' });
    await save(writers[1] ?? team.editor, draft.id, former);
    await publish(db, team, draft.id);
    await save(team.editor, draft.id, someContent({ title: '后来的标题' }));
    await publish(db, team, draft.id);
    await save(team.editor, draft.id, former, way);
    await save(team.editor, draft.id, { ...former, summary: '又补充的摘要' });
    await submit(db, team.editor, draft.id);
    return { team, writers, resourceId: draft.id };
  }

  it.each(['restored', 'saved'] as const)(
    'is reviewed by nobody who wrote it, when it was %s',
    async (way) => {
      const { team, writers, resourceId } = await aReturn(way);
      for (const who of writers) {
        await expect(approve(db, who, resourceId)).rejects.toMatchObject({ code: 'review.own-work' });
      }
      const answer = await approve(db, team.first, resourceId);
      expect(answer).toMatchObject({ step: 1 });
    },
  );
});

describe('a column that demands to be told of corrections', () => {
  const database = aDatabase();
  const { db } = database;

  it('lets no changed text go to review without a note of its own, and first texts go', async () => {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const operator = await anAccount(db, { unit: team.unit, roles: ['operator'] });
    const demand = (correctionRequired: boolean, expectedVersion: number) =>
      performAs(database, operator)(changeColumn, {
        columnId: column.id,
        expectedVersion,
        correctionRequired,
      });
    await demand(true, 1);
    const { id } = await aDraft(db, { editor: team.editor, column });
    await publish(db, team, id);
    const changed = async (title: string, correctionNote?: string) => {
      const { version: expectedVersion } = await db
        .selectFrom('library.resource')
        .select('version')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const content = someContent({ title, ...(correctionNote === undefined ? {} : { correctionNote }) });
      await performAs(database, team.editor)(saveDraft, { resourceId: id, expectedVersion, content });
    };
    await changed('改了标题');
    await expect(submit(db, team.editor, id)).rejects.toMatchObject({
      code: 'sites.correction-note-required',
      details: { problems: [{ field: 'correctionNote' }] },
    });
    await changed('改了标题', '标题漏字，已补上。');
    await publish(db, team, id);
    await changed('又改了标题', '标题漏字，已补上。');
    await expect(submit(db, team.editor, id)).rejects.toMatchObject({
      code: 'sites.correction-note-required',
    });
    await demand(false, 2);
    await expect(submit(db, team.editor, id)).resolves.toBeDefined();
  });
});
