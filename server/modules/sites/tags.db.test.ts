import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aDraft, publish, someContent } from '../../../test/factories/sites.ts';
import {
  type Act,
  ageColumns,
  aLivelyDistrict,
  anAct,
  type LivelyDistrict,
  play,
} from '../../../test/factories/sites-acts.ts';
import {
  deadLinks,
  differencesFromScratch,
  inMemory,
  type MemoryPages,
} from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { AppError } from '../../platform/errors.ts';
import { importArchive } from './import-archive.ts';

describe('the tags that sites and library announce', () => {
  const { db } = aDatabase();

  /** Every run begins alike, so that a sequence that fails can be cut down. */
  async function aFreshDistrict(): Promise<{ lively: LivelyDistrict; pages: MemoryPages }> {
    await sql`truncate identity.unit, identity.account, sites.site, sites.column, sites.mapping, sites.placement,
      sites.listing, sites.address, library.resource, library.revision, library.index_counter,
      library.index_number, library.asset, library.revision_asset, sites.reuse, sites.reuse_address, sites.mapping_rule, sites.mapping_match,
      sites.mapping_turn, sites.submission, sites.column_link, sites.column_writers, sites.entry_removal, sites.topic, sites.urgent_notice, platform.event, publishing.page,
      publishing.dirty, publishing.redirect restart identity cascade`.execute(db);
    const lively = await aLivelyDistrict(db);
    const pages = inMemory(db);
    await pages.follow();
    expect(await differencesFromScratch(db, pages)).toEqual([]);
    await ageColumns(db);
    await pages.rebuild();
    return { lively, pages };
  }

  async function playOrRefuse(lively: LivelyDistrict, act: Act): Promise<void> {
    try {
      await play(lively, act);
    } catch (error) {
      // A refusal (a loop of mappings, a closed column, a second withdrawal) must change nothing: checked like any act.
      if (!(error instanceof AppError)) throw error;
    }
  }

  it(
    'after any sequence of acts, what events rebuilt is byte for byte what a full rebuild gives, without a dead link',
    { timeout: 300_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anAct, { minLength: 1, maxLength: 25, size: 'max' }), async (sequence) => {
          const { lively, pages } = await aFreshDistrict();
          for (const act of sequence) {
            await playOrRefuse(lively, act);
            await pages.follow();
            expect(await differencesFromScratch(db, pages), JSON.stringify(act)).toEqual([]);
            expect(deadLinks(pages.shown), JSON.stringify(act)).toEqual([]);
          }
        }),
        { numRuns: 8 },
      );
    },
  );

  it('one publication touches a handful of pages, however long the column is', async () => {
    const { lively, pages } = await aFreshDistrict();
    const { stage, district, columns } = lively;
    const [columnId = '0'] = columns;
    const items = Array.from({ length: 400 }, (_, at) => ({
      importKey: String(at),
      type: 'article' as const,
      content: someContent({ title: `旧文${String(at)}` }),
    }));
    await stage.performAsSystem(importArchive, { unitId: district.office.id, columnId, items });
    await pages.follow();
    const id = await aDraft(stage, district.actor, { unitId: district.office.id, columnIds: [columnId] });
    expect(await pages.follow()).toEqual([]);
    await publish(stage, district.actor, id);
    const touched = await pages.follow();
    expect(touched).toEqual(
      expect.arrayContaining([
        `article/${id}`,
        `column/${columnId}`,
        `feed/column/${columnId}/rss`,
        'home/1',
      ]),
    );
    expect(touched.length).toBeLessThanOrEqual(12);
    expect(await differencesFromScratch(db, pages)).toEqual([]);
  });
});
