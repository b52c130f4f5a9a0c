import type { Actor } from '../../../contracts/actor.ts';
import type { Catalogue, ResponsibilityEntry, UpdateWarning } from '../../../contracts/sites.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { accountsById, isInScope, nameAt, unitPasts } from '../identity/index.ts';
import { gathers, levelsOf, missingIn } from './catalogue.rules.ts';
import { type ColumnRow, columnsOfSites, lastEntries } from './column.queries.ts';
import { entriesOf, type PastState, readUpdateWarning, statesAt } from './responsibility.queries.ts';
import { inTreeOrder } from './site.presenter.ts';
import { siteById, type SiteRow } from './site.queries.ts';
import { canCompile } from './sites.policy.ts';
import { updateStateOf } from './update-times.ts';

/** A column with what was said of it at one time. */
export interface Line extends PastState {
  readonly column: ColumnRow;
  readonly version: number;
}

/** The end of a day that is over; undefined for today. */
export function endOf(day: string | undefined, now: Date): Date | undefined {
  const today = dayInChina(now);
  if (day === undefined || day === today) return undefined;
  if (day > today)
    throw new AppError('invalid', 'sites.catalogue-day-ahead', '这一天还没有到，目录只能查看到今天。');
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000);
}

/** Of a column that came into the database without an entry. */
const nothingSaid = {
  ...{ responsibleId: null, contactId: null, requirement: '', ways: [], supplierIds: [] },
  version: 1,
} as const;

/** Every column of a site with its entry, in the order of the tree: as they are, or as they were at an instant. */
export async function linesOf(db: Db, siteId: string, at?: Date): Promise<readonly Line[]> {
  const all = inTreeOrder(await columnsOfSites(db, [siteId]));
  const columns = at === undefined ? all : all.filter(({ createdAt }) => createdAt < at);
  const ids = columns.map(({ id }) => id);
  const entries = await entriesOf(db, ids);
  const past = at === undefined ? undefined : await statesAt(db, ids, at);
  return columns.map((column) => {
    const { name, unitId, updateRule } = column;
    const closed = column.closedAt !== null;
    const entry = { ...nothingSaid, ...entries.get(column.id) };
    return { column, name, unitId, closed, updateRule, ...entry, ...past?.get(column.id) };
  });
}

/** Who oversees the site sees all of it; a unit sees what it answers for or supplies. */
export async function readableLines(
  { db, actor }: Pick<Reader, 'db' | 'actor'>,
  siteId: string,
  at?: Date,
): Promise<{ readonly site: SiteRow; readonly all: readonly Line[]; readonly shown: readonly Line[] }> {
  const site = await siteById(db, siteId);
  const all = site ? await linesOf(db, siteId, at) : [];
  const shown = site ? all.filter((line) => concerns(actor, site, line)) : [];
  if (site && (shown.length > 0 || site.isPortal || isInScope(actor.scope, site.unitId)))
    return { site, all, shown };
  throw new AppError('not-found', 'sites.site-not-found', '没有这个站点，或者您无权查看。');
}

const concerns = (actor: Actor, site: SiteRow, { unitId, supplierIds }: Line): boolean =>
  [site.unitId, unitId, ...supplierIds].some((id) => isInScope(actor.scope, id));

export async function readCatalogue(reader: Reader, siteId: string, day?: string): Promise<Catalogue> {
  const { actor, now } = reader;
  const at = endOf(day, now);
  const { site, all, shown } = await readableLines(reader, siteId, at);
  return {
    siteId: site.id,
    siteName: site.name,
    day: day ?? dayInChina(now),
    current: at === undefined,
    editable: at === undefined && canCompile(actor, site.unitId),
    entries: await presentLines(reader, { all, shown, at }),
  };
}

interface Shown {
  readonly all: readonly Line[];
  readonly shown: readonly Line[];
  readonly at: Date | undefined;
}

async function presentLines({ db, now }: Reader, { all, shown, at }: Shown): Promise<ResponsibilityEntry[]> {
  const levels = levelsOf(all.map(({ column, name }) => ({ ...column, name })));
  const unitIds = new Set(shown.flatMap(({ unitId, supplierIds }) => [unitId, ...supplierIds]));
  const pasts = await unitPasts(db, [...unitIds]);
  const people = await accountsById(
    db,
    shown.flatMap(({ responsibleId, contactId }) => [responsibleId, contactId].filter((id) => id !== null)),
  );
  const last =
    at === undefined
      ? await lastEntries(
          db,
          shown.map(({ column }) => column.id),
        )
      : new Map<string, Date>();
  const warning = await readUpdateWarning(db);
  // What held at the end of a day held just before the next.
  const named = at === undefined ? now : new Date(at.getTime() - 1);
  const person = (id: string | null) => {
    const found = id === null ? undefined : people.get(id);
    return found === undefined ? null : { id: found.id, name: found.realName, active: !found.disabled };
  };
  return shown.map((line) => {
    const { column } = line;
    const [responsible, contact] = [person(line.responsibleId), person(line.contactId)];
    const facts = { gathers: gathers(column), closed: line.closed, rule: line.updateRule };
    const words = { requirement: line.requirement, ways: [...line.ways] };
    const lastEntryAt = last.get(column.id) ?? null;
    return {
      columnId: column.id,
      levels: levels.get(column.id) ?? [],
      ...facts,
      ...words,
      unitId: line.unitId,
      unitName: nameAt(pasts, line.unitId, named),
      responsible: responsible && { id: responsible.id, name: responsible.name },
      contact: contact && { id: contact.id, name: contact.name },
      suppliers: line.supplierIds.map((id) => ({ id, name: nameAt(pasts, id, named) })),
      missing: missingIn({ ...facts, ...words, responsible, contact }),
      state: at === undefined ? stateOf(line, { lastEntryAt, now, warning }) : null,
      lastEntryAt: lastEntryAt?.toISOString() ?? null,
      version: line.version,
    };
  });
}

interface Waiting {
  readonly lastEntryAt: Date | null;
  readonly now: Date;
  readonly warning: UpdateWarning;
}

function stateOf({ column, closed, updateRule }: Line, { lastEntryAt, now, warning }: Waiting) {
  const isAsked = !gathers(column) && !closed && column.linkUrl === null;
  return isAsked ? updateStateOf({ updateRule, lastEntryAt, closed }, now, warning) : null;
}
