import { mostUnindexed } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';
import { putTexts, type RowText, takeTurn } from '../fulltext/index.ts';
import { foundText } from './content-text.ts';
import {
  countImported,
  countUpTo,
  forgetNotes,
  newestTexts,
  remainingSetting,
  resourcesUpTo,
  waitingKinds,
  type WaitingKind,
  waitingTexts,
} from './text-waiting.queries.ts';

/** More at a time cost less each; but what somebody saves meanwhile waits for its turn. */
const mostAtOnce: Readonly<Record<WaitingKind, number>> = { saved: 100, imported: 500 };
const readAtOnce = 100;
/** Texts are held in memory together until they are written. */
const charactersAtOnce = 8_000_000;

/** The newest texts of the first of these resources, as many as memory allows, and how many of the ids that were. */
async function textsFor(
  db: Db,
  ids: readonly string[],
): Promise<{ readonly texts: readonly RowText[]; readonly read: number }> {
  const texts = new Map<string, RowText>();
  let read = 0;
  for (let characters = 0; read < ids.length && characters < charactersAtOnce; read += readAtOnce) {
    const some = ids.slice(read, read + readAtOnce).filter((id) => !texts.has(id));
    for (const { id, revisionId, isDiscarded, content } of await newestTexts(db, some)) {
      const text = content && !isDiscarded ? `${content.title}\n${foundText(content)}` : null;
      characters += text?.length ?? 0;
      texts.set(id, { id, version: revisionId ?? '0', text });
    }
  }
  return { texts: [...texts.values()], read };
}

/** Whether any text has still to be put into the index that came in with many others or was there before it. */
export async function isBehindWithTexts(db: Db): Promise<boolean> {
  if ((await waitingKinds(db)).imported) return true;
  return ((await readSetting(db, remainingSetting)) ?? '0') !== '0';
}

/** Puts some newest texts that wait into the index; 0 when none do, or another worker is at it. */
export async function indexWaiting(db: Db, kind: WaitingKind): Promise<number> {
  if (!(await waitingKinds(db))[kind]) return 0;
  return db.transaction().execute(async (on) => {
    if (!(await takeTurn(on))) return 0;
    const waiting = await waitingTexts(on, kind, mostAtOnce[kind]);
    if (waiting.length === 0) return 0;
    const { texts, read } = await textsFor(
      on,
      waiting.map((one) => one.resourceId),
    );
    await putTexts(on, texts);
    const done = waiting.slice(0, read);
    await forgetNotes(
      on,
      done.map((one) => one.noteId),
    );
    return done.length;
  });
}

/** The same for texts from before there was an index, the newest first; goes on where it was broken off. */
export function indexRemaining(db: Db): Promise<number> {
  return db.transaction().execute(async (on) => {
    if (!(await takeTurn(on))) return 0;
    const upTo = (await readSetting(on, remainingSetting)) ?? '0';
    if (upTo === '0') return 0;
    const ids = await resourcesUpTo(on, upTo, mostAtOnce.imported);
    const { texts, read } = await textsFor(on, ids);
    await putTexts(on, texts);
    const last = ids.slice(0, read).at(-1) ?? '1';
    await writeSetting(on, remainingSetting, String(BigInt(last) - 1n));
    return Math.min(read, ids.length);
  });
}

/** About how many resources a search in texts does not find yet, not even by their titles; counted up to a cap. */
export async function countUnindexed(db: Db): Promise<number> {
  const upTo = (await readSetting(db, remainingSetting)) ?? '0';
  const remaining = upTo === '0' ? 0 : await countUpTo(db, upTo, mostUnindexed);
  const imported = remaining < mostUnindexed ? await countImported(db, mostUnindexed - remaining) : 0;
  return remaining + imported;
}
