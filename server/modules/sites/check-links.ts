import type { Db } from '../../platform/db.ts';
import { PrivateAddressError, sendGuarded } from '../../platform/guarded-request.ts';
import { type ColumnLinkRow, linksCheckedBefore, noteLook } from './column-link.queries.ts';

export interface LinkChecker {
  readonly db: Db;
  readonly clock: () => Date;
  /** For tests: those who answer stand on this machine. */
  readonly allowPrivate: boolean;
}

const pause = 24 * 3_600_000;
const atOnce = 20;
const patience = 15_000;

const overdueAt = (clock: () => Date): Date => new Date(clock().getTime() - pause);

export async function isAnyLinkUnchecked({ db, clock }: LinkChecker): Promise<boolean> {
  return (await linksCheckedBefore(db, overdueAt(clock), 1)).length > 0;
}

/** Looks once a day whether what columns link to still answers. Nothing of the answer is read but its status. */
export async function checkLinks(checker: LinkChecker, signal: AbortSignal): Promise<number> {
  const { db, clock } = checker;
  const links = await linksCheckedBefore(db, overdueAt(clock), atOnce);
  for (const link of links) {
    if (signal.aborted) return 0;
    await noteLook(db, link, { at: clock(), trouble: await troubleWith(checker, link, signal) });
  }
  return links.length;
}

async function troubleWith(
  { allowPrivate }: LinkChecker,
  { url }: ColumnLinkRow,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const answer = await sendGuarded({
      url: new URL(url),
      headers: { 'user-agent': 'Jiyue-LinkCheck/1.0', accept: '*/*' },
      allowPrivate,
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    answer.destroy();
    const { statusCode = 0 } = answer;
    // A redirect answers too: where it leads is for the reader's browser.
    return statusCode < 400 ? null : `对方回应 ${String(statusCode)}`;
  } catch (error) {
    if (error instanceof PrivateAddressError) return '网址指向内网，没有访问';
    return '打不开：连接失败或超过 15 秒没有回应';
  }
}
