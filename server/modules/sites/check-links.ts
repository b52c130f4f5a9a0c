import type { LinkAnswer, LinkProblem } from '../../../contracts/link-check.ts';
import type { Db } from '../../platform/db.ts';
import { tryLink } from '../../platform/try-link.ts';
import { type ColumnLinkRow, linksCheckedBefore, noteLook } from './column-link.queries.ts';
import type { StandingOfHost } from './set-column-link.ts';

export interface LinkChecker {
  readonly db: Db;
  readonly clock: () => Date;
  readonly standingOfHost: StandingOfHost;
  /** For tests: those who answer stand on this machine. */
  readonly allowPrivate: boolean;
}

const pause = 24 * 3_600_000;
const atOnce = 20;
const patienceMilliseconds = 15_000;

const overdueAt = (clock: () => Date): Date => new Date(clock().getTime() - pause);

export async function isAnyLinkUnchecked({ db, clock }: LinkChecker): Promise<boolean> {
  return (await linksCheckedBefore(db, overdueAt(clock), 1)).length > 0;
}

/** Looks once a day whether what columns link to still answers. What was not asked when the work is stopped stays due. */
export async function checkLinks(checker: LinkChecker, signal: AbortSignal): Promise<number> {
  const { db, clock } = checker;
  const links = await linksCheckedBefore(db, overdueAt(clock), atOnce);
  for (const link of links) {
    try {
      await noteLook(db, link, { at: clock(), trouble: await troubleWith(checker, link, signal) });
    } catch (error) {
      if (signal.aborted) return 0;
      throw error;
    }
  }
  return links.length;
}

/** Null while it answers and may be linked to. */
async function troubleWith(
  { db, allowPrivate, standingOfHost }: LinkChecker,
  { url }: ColumnLinkRow,
  signal: AbortSignal,
): Promise<string | null> {
  if ((await standingOfHost(db, new URL(url).hostname)) === 'blocked') return '这个网站已列入禁止链接的名单';
  const { status, problem } = await tryLink(url, { allowPrivate, patienceMilliseconds }, signal);
  return problem === null ? null : wordsOf({ status, problem });
}

function wordsOf({ status, problem }: LinkAnswer & { readonly problem: LinkProblem }): string {
  if (problem === 'status') return `对方回应 ${String(status)}`;
  if (problem === 'private-address') return '网址指向内网，没有访问';
  if (problem === 'redirects') return '打不开：对方一再转向别的网址';
  return '打不开：连接失败或超过 15 秒没有回应';
}
