import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { askedDuring } from '../test/asked.ts';
import { aStage } from '../test/factories/sites.ts';
import { aDatabase } from '../test/harness.ts';
import { runDueClock } from './due-clock.ts';
import { createLog } from './platform/log.ts';

describe('the clock of what falls due', () => {
  const { db } = aDatabase();
  const { performAsSystem } = aStage(db);
  const clock = () => new Date();
  const log = createLog({ level: 'silent', pretty: false });

  it('asks for releases several times a second, for all other hours once', async () => {
    const stopping = new AbortController();
    const asked = await askedDuring(async () => {
      const running = runDueClock({ db, options: { clock, log }, performAsSystem }, stopping.signal);
      await sleep(2_600);
      stopping.abort();
      await running;
    });
    const ofReleases = asked.filter(({ text }) =>
      text.includes("coalesce(release_at, '-infinity') <="),
    ).length;
    const ofEnds = asked.filter(({ text }) => text.includes('validity_ruling')).length;
    expect(ofEnds).toBeGreaterThanOrEqual(1);
    // Each asking of the others asks for releases and for joint releases too.
    expect(ofReleases).toBeGreaterThan(2 * ofEnds);
  });
});
