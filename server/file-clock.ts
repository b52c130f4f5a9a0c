import { setTimeout as sleep } from 'node:timers/promises';

import type { Parts } from './app.ts';
import { endWaiting, isAnyFileWaiting } from './modules/library/index.ts';
import {
  compressPictures,
  isScanNight,
  previewFiles,
  readDocuments,
  scanFiles,
  type ScanRunner,
  sizePictures,
} from './modules/sites/index.ts';
import { underLock } from './platform/advisory-lock.ts';
import { ScannerAway } from './platform/clamd.ts';
import { previewDocument } from './platform/document-preview/preview-document.ts';
import { readDocument } from './platform/document-text/read-document.ts';
import { pictureAsAvif } from './platform/picture-avif.ts';
import { isQuiet } from './quiet-times.ts';

/** What waits stands in the database; this only bounds how late it is looked for. */
const pauseMilliseconds = 2_000;
/** A scanner that is away is not asked every two seconds. */
const awayMilliseconds = 15_000;
/** One number for "somebody looks after the files": two at once would do everything twice. */
const fileLock = 7_246_045;

/**
 * Scans uploaded files, makes smaller forms of pictures, reads documents and draws their first pages, until told to
 * stop: one process at a time, one file at a time.
 */
export async function runFileClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { log } = parts.options;
  const wait = (milliseconds: number): Promise<void> =>
    sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  let isAway = false;
  while (!signal.aborted) {
    let done = 0;
    try {
      const looked = (await isWanted(parts))
        ? await underLock(parts.db, fileLock, () => lookAfterFiles(parts))
        : undefined;
      done = looked ?? 0;
      // Only a round of its own says that the scanner answers.
      if (isAway && looked !== undefined) {
        log.info({}, 'the virus scanner answers again');
        isAway = false;
      }
    } catch (error) {
      if (!(error instanceof ScannerAway)) {
        log.warn({ err: error }, 'files could not be looked after, trying again');
      } else if (!isAway) {
        isAway = true;
        log.error({ err: error }, 'the virus scanner is away: new files wait and cannot be published');
      }
    }
    if (done === 0) await wait(isAway ? awayMilliseconds : pauseMilliseconds);
  }
}

/** At night what was scanned long ago is scanned again, though nothing waits. */
async function isWanted({ db, scanner, options }: Parts): Promise<boolean> {
  if (scanner === undefined) return isAnyFileWaiting(db, null);
  const now = options.clock();
  return isScanNight(now) || isAnyFileWaiting(db, now);
}

/** A few files of each kind of work, so that none of them waits for a long night of another. Says how many. */
async function lookAfterFiles(parts: Parts): Promise<number> {
  const { db, assets, performAsSystem, options } = parts;
  const runner = { db, clock: options.clock, performAsSystem, log: options.log, store: assets };
  const scanned = await scanSome(parts, runner).catch((error: unknown) => {
    // The rest can be done meanwhile.
    if (error instanceof ScannerAway) return error;
    throw error;
  });
  const done =
    (await sizePictures(runner)) +
    (await readDocuments({ ...runner, read: readDocument })) +
    (await previewFiles({ ...runner, preview: previewDocument }));
  if (scanned instanceof ScannerAway) throw scanned;
  if (scanned + done > 0) return scanned + done;
  // It saves bytes of what can be seen already: everything else goes first, publishing too.
  return (await isQuiet(db)) ? compressPictures({ ...runner, compress: pictureAsAvif }) : 0;
}

async function scanSome(
  { db, scanner, options }: Parts,
  runner: Omit<ScanRunner, 'scanner'>,
): Promise<number> {
  if (scanner !== undefined) return scanFiles({ ...runner, scanner });
  const files = await endWaiting(db);
  if (files > 0)
    options.log.warn({ files }, 'no virus scanner is set: files that waited for one do not any more');
  return 0;
}
