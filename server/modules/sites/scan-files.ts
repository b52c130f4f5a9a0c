import { type VirusScanner, ScannerAway } from '../../platform/clamd.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { hourInChina } from '../../platform/china-time.ts';
import type { DueRunner } from './due-attempt.ts';
import {
  filesScannedBefore,
  type FileToScan,
  filesWaitingForScan,
  noteClean,
  noteStillInfected,
  postponeScan,
} from '../library/index.ts';
import { clearFile, quarantineFile } from './quarantine-file.ts';

export interface ScanRunner extends DueRunner {
  readonly store: AssetStore;
  readonly scanner: VirusScanner;
}

const batch = 50;
/** What is larger than the scanner takes is tried again this much later: somebody may have raised the limit. */
const tooLargeMilliseconds = 3_600_000;
/** Signatures of one's own change nothing in the name of the engine: files are looked at again this often anyhow. */
const freshMilliseconds = 7 * 24 * 3_600_000;
/** From one to five at night, in China. */
export const isScanNight = (now: Date): boolean => hourInChina(now) >= 1 && hourInChina(now) < 5;

/**
 * Scans what waits for it, and at night what the present signatures have not seen: a batch. Answers how many files were
 * looked at. Throws `ScannerAway` when nobody can be asked; what was not asked about stays as it is.
 */
export async function scanFiles(runner: ScanRunner): Promise<number> {
  const now = runner.clock();
  const waiting = await filesWaitingForScan(runner.db, now, batch);
  for (const file of waiting) await scanOne(runner, file);
  if (waiting.length > 0 || !isScanNight(now)) return waiting.length;
  const engine = await runner.scanner.engine();
  const since = new Date(now.getTime() - freshMilliseconds);
  const old = await filesScannedBefore(runner.db, { engine, since, now }, batch);
  for (const file of old) await scanOne(runner, file);
  return old.length;
}

async function scanOne(runner: ScanRunner, file: FileToScan): Promise<void> {
  try {
    await judge(runner, file);
  } catch (error) {
    if (error instanceof ScannerAway) throw error;
    runner.log.error({ err: error, digest: file.digest }, 'a file cannot be scanned, trying again later');
    await postponeScan(runner.db, file.digest, later(runner));
  }
}

const later = ({ clock }: ScanRunner): Date => new Date(clock().getTime() + tooLargeMilliseconds);

async function judge(runner: ScanRunner, { digest, scan }: FileToScan): Promise<void> {
  const { store, scanner, db, log } = runner;
  const wasInfected = scan === 'infected';
  // A process that was killed between the two acts below left the bytes where they were.
  if (wasInfected) await store.quarantine(digest);
  const verdict = await scanner.scan(wasInfected ? store.openQuarantined(digest) : store.open(digest));
  const now = runner.clock();
  switch (verdict.outcome) {
    case 'too-large':
      log.warn({ digest }, 'a file is larger than the virus scanner takes: raise StreamMaxLength');
      await postponeScan(db, digest, later(runner));
      return;
    case 'clean':
      if (!wasInfected) {
        await noteClean(db, digest, verdict.engine, now);
        return;
      }
      await store.release(digest);
      await runner.performAsSystem(clearFile, { digest, engine: verdict.engine });
      log.info({ digest }, 'a file in quarantine is clean after all and is given out again');
      return;
    case 'infected': {
      const { infection, engine } = verdict;
      if (wasInfected) {
        await noteStillInfected(db, digest, engine, now);
        return;
      }
      await runner.performAsSystem(quarantineFile, { digest, infection, engine });
      await store.quarantine(digest);
      log.error({ digest, infection }, 'a virus was found in a file: it is in quarantine');
    }
  }
}
