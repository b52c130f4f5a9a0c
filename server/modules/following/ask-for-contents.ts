import { AppError } from '../../platform/errors.ts';
import type { Following } from './following.types.ts';
import { partOf } from './open-platform.ts';
import { type ContentAnswer, readContent } from './platform-answer.ts';
import { isOfOneAnswer } from './platform-client.ts';

type Content = ContentAnswer | { readonly id: string; readonly wrong: true };

export interface AskedContents {
  readonly contents: readonly Content[];
  /** These are for the next time; they come after all that was answered. */
  readonly rest: readonly string[];
  /** One of these alone is longer than any answer may be. */
  readonly tooLarge: readonly string[];
  /** Asked for one of these alone, the platform gave no answer that can be read, and is well otherwise. */
  readonly unanswered: readonly { readonly id: string; readonly message: string }[];
}

/** When so many in one turn have no answer, the others are for the next one. */
const mostUnanswered = 5;
/** A part of what was not answered is waited for this much shorter: many parts are asked for in one turn. */
const shorter = 1 / 3;

/**
 * An answer that is too long, or that fails although the platform is there, is asked for in halves, until one resource
 * alone is what is wrong.
 */
export async function askForContents(following: Following, ids: readonly string[]): Promise<AskedContents> {
  const found = {
    contents: [] as Content[],
    rest: [] as string[],
    tooLarge: [] as string[],
    unanswered: [] as { id: string; message: string }[],
  };
  let left: readonly (readonly string[])[] = [ids];
  let isLong = false;
  for (let some = left[0]; some !== undefined; some = left[0]) {
    const later = left.slice(1);
    const answer = await askOnce(following, some, some === ids ? 1 : shorter);
    if ('contents' in answer) {
      found.contents.push(...answer.contents);
      found.rest.push(...answer.rest);
      left = later;
    } else if (some.length > 1) {
      isLong ||= answer.isTooLong;
      const half = Math.ceil(some.length / 2);
      left = [some.slice(0, half), some.slice(half), ...later];
      continue;
    } else {
      if (answer.isTooLong) found.tooLarge.push(...some);
      else found.unanswered.push(...some.map((id) => ({ id, message: answer.message })));
      left = later;
    }
    // No more than one long answer is held at a time.
    if (isLong || found.unanswered.length >= mostUnanswered) {
      found.rest.push(...left.flat());
      break;
    }
  }
  return found;
}

type Answered = Pick<AskedContents, 'contents' | 'rest'>;
interface NoAnswer {
  readonly isTooLong: boolean;
  readonly message: string;
}

async function askOnce(
  { client, row, signal, engine }: Following,
  ids: readonly string[],
  share: number,
): Promise<Answered | NoAnswer> {
  const own = AbortSignal.timeout(Math.ceil(engine.limits.answer * share));
  try {
    const answer = await client.contents(ids, partOf(row), AbortSignal.any([signal, own]));
    return { contents: answer.items.map(readContent), rest: answer.rest };
  } catch (error) {
    signal.throwIfAborted();
    if (!own.aborted && !isOfOneAnswer(error)) throw error;
    const isTooLong = error instanceof AppError && error.code === 'following.answer-too-large';
    // Whoever is away answers nothing at all: that is thrown, and nothing is said of a resource.
    if (!isTooLong) await client.about(signal);
    return { isTooLong, message: error instanceof AppError ? error.message : '等了很久没有回答。' };
  }
}
