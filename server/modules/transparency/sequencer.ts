import { setTimeout as sleep } from 'node:timers/promises';

import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { putHeadFile, readHeadFile } from './head-file.ts';
import { type LogStanding, logStanding, waitingEntries } from './log.queries.ts';
import { sequenceEntries } from './sequence-entries.ts';
import { isSignedBy, type NoteSigner, sizeOfCheckpoint, verifierKey } from './signed-note.ts';

export interface SequencerOptions {
  readonly db: Db;
  readonly signer: NoteSigner;
  /** Where the newest head and the public key are put for everybody. */
  readonly directory: string;
  readonly log: {
    info(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

export interface Sequencer {
  /** Pages were recorded. */
  readonly kick: () => void;
  /** Resolves when every entry so far has its place, and the newest head is given out. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;
/** Pages of one publication come in several batches: one head for all of them is enough. */
const GATHER_MS = 100;
const SETTLE_EVERY_MS = 20;

/** Brings what was published into the log as long as it runs. Any number may run; one works at a time. */
export function createSequencer({ db, signer, directory, log }: SequencerOptions): Sequencer {
  const stopping = new AbortController();
  let wake = (): void => undefined;
  let isKicked = false;
  let rounds = 0;

  /** After a database was brought back from an older copy, going on would make a second history. */
  const refuseShorterLog = async (size: number): Promise<void> => {
    const given = await readHeadFile(directory, 'checkpoint');
    if (given !== undefined && sizeOfCheckpoint(given) > size)
      throw new AppError('conflict', 'transparency.log-shorter', '存证日志比已公布的树根短，停止追加', {
        details: { given: sizeOfCheckpoint(given), size },
      });
  };

  const publishHead = async ({ head, origin }: LogStanding): Promise<void> => {
    // The key that is given out is the one of the head beside it: another one takes its place with its first head.
    const isOurs = head === undefined || isSignedBy(head.note, origin, signer);
    if (isOurs || (await readHeadFile(directory, 'key')) === undefined)
      await putHeadFile(directory, 'key', `${verifierKey(origin, signer)}\n`);
    // Read after the commit: what is given out can never be taken back.
    if (head !== undefined) await putHeadFile(directory, 'checkpoint', head.note);
  };

  const work = async (): Promise<void> => {
    const standing = await logStanding(db);
    await refuseShorterLog(standing.head?.size ?? 0);
    let leaves = 0;
    for (let taken = standing.isBehind ? 1 : 0; taken > 0 && !stopping.signal.aborted; leaves += taken)
      taken = (await sequenceEntries(db, signer)) ?? 0;
    await publishHead(leaves > 0 ? await logStanding(db) : standing);
    if (leaves > 0) log.info({ leaves }, 'versions of pages are logged');
  };

  const nap = (): Promise<void> => {
    if (isKicked || stopping.signal.aborted) return Promise.resolve();
    return new Promise((done) => {
      const timer = setTimeout(done, EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  };

  const run = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted;) {
      if (isKicked) await sleep(GATHER_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      isKicked = false;
      try {
        await work();
        failures = 0;
      } catch (error) {
        if (failures % 60 === 0)
          log.error({ err: error }, 'versions of pages cannot be logged, trying again');
        failures += 1;
      }
      rounds += 1;
      await nap();
    }
  };
  const running = run();

  const kick = (): void => {
    isKicked = true;
    wake();
  };
  return {
    kick,
    async settled() {
      // The round that is going on may have looked before the last entry came.
      const enough = rounds + 2;
      while (rounds < enough || (await waitingEntries(db)) > 0) {
        kick();
        await sleep(SETTLE_EVERY_MS);
      }
    },
    async stop() {
      stopping.abort();
      wake();
      await running;
    },
  };
}
