import type { Bench } from './bench.types.ts';
import { asShare, inMilliseconds, inSeconds, withCommas } from './figures.ts';
import { type Asked, measureSearchLatency } from './search-latency.ts';
import { measureSearchQuality } from './search-quality.ts';

const targetMilliseconds = 15;
const wantedAnswers = 0.93;
const wantedLabels = 0.84;

/** How long questions take among all documents, freshly built and after many publications. */
export const searchLatency: Bench = {
  name: 'search',
  async run({ size, say }) {
    const figures = await measureSearchLatency(size, say);
    const among = `${withCommas(figures.documents)} documents`;
    const row = (when: string, { p50, p95, slowest }: Asked) => ({
      what: `Search among ${among}, eleven kinds of question, ${when}`,
      ours: `p50 ${inMilliseconds(p50)}, p95 ${inMilliseconds(p95)} (slowest kind: ${slowest.name}, p95 ${inMilliseconds(slowest.p95)})`,
      target: `p95 ≤ ${String(targetMilliseconds)} ms`,
      met: p95 <= targetMilliseconds,
    });
    return [
      row('freshly built', figures.fresh),
      row('after 59 single writes, the last nine not compacted', figures.written),
      row('after compaction', figures.compacted),
      {
        what: `Search index: filling it with ${among}; one write`,
        ours: `${inSeconds(figures.buildSeconds)}; p50 ${inMilliseconds(figures.writes.p50)}, p95 ${inMilliseconds(figures.writes.p95)}`,
      },
    ];
  },
};

/** How often the first result of a real policy question is right. */
export const searchQuality: Bench = {
  name: 'quality',
  async run({ say }) {
    say('asking the policy questions');
    const figures = await measureSearchQuality();
    if (figures === undefined) {
      return [
        { what: 'Search: right notice first', ours: 'the policy questions are not beside the repository' },
      ];
    }
    const { all, unseen, plain } = figures;
    const what = `Search: ${String(all.asked)} policy questions among ${withCommas(figures.notices)} notices`;
    const row = (name: string, kind: 'answeredShare' | 'labelledShare', wanted: number) => ({
      what: `${what}, ${name}`,
      ours: `${asShare(all[kind])} (${asShare(unseen[kind])} on the half that was not used for tuning)`,
      peer: `${asShare(plain[kind])} (BM25 over pairs of characters)`,
      target: `≥ ${asShare(wanted)}`,
      met: all[kind] >= wanted,
    });
    return [
      row('first result holds the answer', 'answeredShare', wantedAnswers),
      row('first result is the labelled notice', 'labelledShare', wantedLabels),
    ];
  },
};
