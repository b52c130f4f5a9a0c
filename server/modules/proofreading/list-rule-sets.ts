import type { Finding } from '../../../contracts/proofreading.ts';
import type { Rule, RuleSet, RuleSetVersion } from '../../../contracts/rule-set.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import type { Proofreader } from './proofreader.ts';
import { requireRuleReader } from './proofreading.policy.ts';
import { ruleSetById, type RulePlace, rulePage, ruleSets, versionsOfSet } from './rule-set.queries.ts';

export async function listRuleSets({ db, actor }: Reader): Promise<RuleSet[]> {
  requireRuleReader(actor);
  return (await ruleSets(db)).map((set) => ({ ...set, changedAt: set.changedAt.toISOString() }));
}

async function requireSet({ db, actor }: Reader, id: string): Promise<void> {
  requireRuleReader(actor);
  if (await ruleSetById(db, id)) return;
  throw new AppError('not-found', 'proofreading.set-not-found', '没有这套校核规则。');
}

export interface RulesWanted {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly contains?: string | undefined;
}

export async function listRules(
  reader: Reader,
  id: string,
  { cursor, limit = 20, contains }: RulesWanted,
): Promise<{ items: Rule[]; nextCursor: string | null }> {
  await requireSet(reader, id);
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await rulePage(reader.db, id, { after, contains, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => row.content),
    nextCursor: last ? `${String(last.rank)}.${last.key}` : null,
  };
}

function readCursor(text: string): RulePlace {
  const [, rank, key] = /^(\d{1,3})\.(.+)$/u.exec(text) ?? [];
  if (rank !== undefined && key !== undefined) return { rank: Number(rank), key };
  throw new AppError('invalid', 'proofreading.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
}

const versionsShown = 200;

export async function listRuleSetVersions(reader: Reader, id: string): Promise<RuleSetVersion[]> {
  await requireSet(reader, id);
  const rows = await versionsOfSet(reader.db, id, versionsShown);
  return rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }));
}

/** A text that nobody keeps, as if it were the body of an article. */
export async function tryText(
  { db, actor, now }: Reader,
  proofreader: Proofreader,
  text: string,
): Promise<Finding[]> {
  requireRuleReader(actor);
  const today = dayInChina(now);
  await proofreader.ready(db, today);
  const { findings } = await proofreader.check({
    key: 'article',
    type: { fields: [{ key: 'transcript', name: '正文', kind: 'text', requiredAt: 'never', group: 'main' }] },
    content: { title: '', transcript: text },
    files: [],
    facts: { today },
  });
  return findings;
}
