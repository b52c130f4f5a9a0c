import type { Correction, CorrectionSummary } from '../../../contracts/interaction.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { type Calendar, lastWorkingDay, loadCalendar } from '../../platform/working-days.ts';
import { unitNames } from '../identity/index.ts';
import { allSites, homeUrlOf, type PublicBase, type SiteRow } from '../sites/index.ts';
import { maskContact } from './contact.rules.ts';
import { type CorrectionRow, transfersOf } from './correction.queries.ts';
import { getCorrection } from './find-correction.ts';
import { actionsFor, canAnswer } from './interaction.policy.ts';

interface Surroundings {
  readonly sites: ReadonlyMap<string, SiteRow>;
  readonly units: ReadonlyMap<string, string>;
  readonly calendar: Calendar;
  readonly today: string;
  readonly base: PublicBase;
}

async function surroundingsOf(
  { db, now }: Pick<Reader, 'db' | 'now'>,
  base: PublicBase,
  unitIds: readonly string[],
): Promise<Surroundings> {
  return {
    sites: new Map((await allSites(db)).map((site) => [site.id, site])),
    units: await unitNames(db, [...new Set(unitIds)]),
    calendar: await loadCalendar(db),
    today: dayInChina(now),
    base,
  };
}

export function dueDayOf(calendar: Calendar, row: Pick<CorrectionRow, 'reportedAt' | 'answerDays'>) {
  return lastWorkingDay(calendar, dayInChina(row.reportedAt), row.answerDays);
}

function summaryOf(row: CorrectionRow, around: Surroundings): CorrectionSummary {
  const site = around.sites.get(row.siteId);
  const [domain] = site?.domains ?? [];
  const dueOn = dueDayOf(around.calendar, row);
  const ended = row.answeredAt === null ? around.today : dayInChina(row.answeredAt);
  return {
    id: row.id,
    siteId: row.siteId,
    siteName: site?.shortName ?? '',
    pageUrl: domain === undefined ? null : homeUrlOf(around.base, domain) + encodeURI(row.path).slice(1),
    path: row.path,
    pageName: row.pageName,
    resourceId: row.resourceId,
    unitId: row.unitId,
    unitName: around.units.get(row.unitId) ?? '',
    kind: row.kind,
    description: row.description,
    contact: row.contact && maskContact(row.contact),
    times: row.times,
    reportedAt: row.reportedAt.toISOString(),
    state: row.state,
    dueOn,
    overdue: dueOn !== null && ended > dueOn,
  };
}

export async function presentSummaries(
  reader: Pick<Reader, 'db' | 'now'>,
  base: PublicBase,
  rows: readonly CorrectionRow[],
): Promise<CorrectionSummary[]> {
  const around = await surroundingsOf(
    reader,
    base,
    rows.map((row) => row.unitId),
  );
  return rows.map((row) => summaryOf(row, around));
}

/** One correction as the reader sees it: the contact in full only for those who answer. */
export async function presentCorrection(
  reader: Pick<Reader, 'db' | 'actor' | 'now'>,
  base: PublicBase,
  id: string,
): Promise<Correction> {
  const row = await getCorrection(reader, id);
  const transfers = await transfersOf(reader.db, row.id);
  const around = await surroundingsOf(reader, base, [
    row.unitId,
    ...transfers.flatMap((one) => [one.fromUnitId, one.toUnitId]),
  ]);
  const summary = summaryOf(row, around);
  return {
    ...summary,
    contact: canAnswer(reader.actor, row.unitId) ? row.contact : summary.contact,
    quote: row.quote,
    answerDays: row.answerDays,
    reply: row.reply,
    answeredByName: row.answeredByName,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    transfers: transfers.map((one) => ({
      fromUnitName: around.units.get(one.fromUnitId) ?? '',
      toUnitName: around.units.get(one.toUnitId) ?? '',
      reason: one.reason,
      transferredByName: one.transferredByName,
      at: one.at.toISOString(),
    })),
    actions: actionsFor(reader.actor, row),
    version: row.version,
  };
}
