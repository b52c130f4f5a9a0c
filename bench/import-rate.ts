import { join } from 'node:path';

import type { Bench } from './bench.types.ts';
import { inMegabytes, inSeconds, perSecond, withCommas } from './figures.ts';
import { diskBytes } from './processes.ts';

const targetDocuments = 130_000;
const targetSeconds = 300;

/** An old archive into library, index and pages. */
export const importRate: Bench = {
  name: 'import',
  async run(scene) {
    const { place, figures, parts } = await scene.district();
    const { documents, seconds, librarySeconds, peakBytes } = figures;
    const allowed = (targetSeconds * documents) / targetDocuments;
    const { pages } = await parts.db
      .selectFrom('publishing.page')
      .select((is) => is.fn.countAll<string>().as('pages'))
      .executeTakeFirstOrThrow();
    const size = async (folder: string): Promise<string> =>
      inMegabytes(await diskBytes(join(place.dataDirectory, folder)));
    return [
      {
        what: `Import of ${withCommas(documents)} documents: library, index and ${withCommas(Number(pages))} pages`,
        ours: `${inSeconds(seconds)} (library ${inSeconds(librarySeconds)}), ${perSecond(documents / seconds, 'documents')}`,
        target: `≤ ${inSeconds(allowed)} (130,000 in 300 s)`,
        met: seconds <= allowed,
      },
      {
        what: 'Import: highest memory of the process; sizes on disk',
        ours: `${inMegabytes(peakBytes)}; database ${await size('postgres')}, pages ${await size('pages')}, index ${await size('search')}`,
      },
    ];
  },
};
