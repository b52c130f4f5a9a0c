import type { OpenResource } from '../../../contracts/open-exchange.ts';
import type { Db } from '../../platform/db.ts';
import {
  type ChangeRow,
  changesAfter,
  feedHead,
  lastChange,
  openResources,
  type OpenView,
} from '../library/index.ts';
import { isRecordOf, openPlaces, type PublicBase } from '../sites/index.ts';
import type { KeyView } from './key-view.ts';
import { OaiError, type OaiPlace, readSet, writeToken } from './oai-arguments.rules.ts';
import { element, writeDublinCore, writeHeader } from './oai-xml.ts';
import { presentOpen } from './open-resource.presenter.ts';

/** Who harvests, and under which names things are known to harvesters. */
export interface Harvest {
  readonly db: Db;
  readonly base: PublicBase;
  readonly view: KeyView;
  /** Host name of the portal: identifiers begin with it. */
  readonly namespace: string;
}

const recordsPerAnswer = 100;

function resourceIdIn({ namespace }: Harvest, identifier: string): string {
  const start = `oai:${namespace}:`;
  const id = identifier.startsWith(start) ? identifier.slice(start.length) : '';
  if (/^[1-9]\d{0,17}$/.test(id)) return id;
  throw new OaiError('idDoesNotExist', 'There is no such record.');
}

function viewOfSet({ view }: Harvest, text: string | undefined): OpenView {
  const set = readSet(text);
  if (set === undefined) return view.ever;
  const { kind, id } = set;
  if (kind === 'unit') {
    return { ...view.ever, unitIds: (view.unitIds?.includes(id) ?? true) ? [id] : [] };
  }
  const columns = view.columnIds?.includes(id) === false ? [] : [id];
  return { ...view.ever, also: (resourceId) => isRecordOf(resourceId, columns, view.columnIds) };
}

/** Headers or whole records of changes, in their order. */
async function writeRecords(
  harvest: Harvest,
  rows: readonly ChangeRow[],
  whole: boolean,
): Promise<readonly string[]> {
  const { db, base, view, namespace } = harvest;
  const ids = rows.map((row) => row.resourceId);
  const live = await openResources(
    db,
    view.now,
    { ids },
    { sort: 'published', order: 'desc', limit: Math.max(1, ids.length) },
  );
  const shown = new Map<string, OpenResource>(
    (await presentOpen({ db, base, view, fields: null }, live)).map((one) => [one.id, one]),
  );
  const places = await openPlaces(db, base, [...shown.keys()], view.columnIds);
  return rows.map((row) => {
    const resource = shown.get(row.resourceId);
    const columns = places.get(row.resourceId)?.columns ?? [];
    const header = writeHeader({
      identifier: `oai:${namespace}:${row.resourceId}`,
      datestamp: row.at,
      sets: [`unit-${row.unitId}`, ...columns.map((column) => `column-${column.id}`)],
      deleted: resource === undefined,
    });
    if (!whole) return header;
    const metadata = resource === undefined ? '' : `<metadata>${writeDublinCore(resource)}</metadata>`;
    return `<record>${header}${metadata}</record>`;
  });
}

/**
 * One part of a list. Parts are cut by positions in the feed: a record that changes while somebody harvests leaves its
 * place and comes again at the end, so none is missed and the list has an end.
 */
export async function listRecords(harvest: Harvest, place: OaiPlace, whole: boolean): Promise<string> {
  const { set, range, position } = place;
  const rows = await changesAfter(harvest.db, {
    after: position,
    upTo: await feedHead(harvest.db),
    view: viewOfSet(harvest, set),
    limit: recordsPerAnswer + 1,
    latestOnly: true,
    ...range,
  });
  const given = rows.slice(0, recordsPerAnswer);
  const last = given.at(-1);
  if (last === undefined) {
    if (position === '0') throw new OaiError('noRecordsMatch', 'Nothing matches.');
    throw new OaiError('badResumptionToken', 'What was left of the list has changed: harvest on by date.');
  }
  const records = await writeRecords(harvest, given, whole);
  const token =
    rows.length > recordsPerAnswer
      ? element('resumptionToken', writeToken({ ...place, position: last.position }))
      : position === '0'
        ? ''
        : '<resumptionToken/>';
  return [...records, token].join('\n');
}

export async function getRecord(harvest: Harvest, identifier: string): Promise<string> {
  const row = await lastChange(harvest.db, harvest.view.ever, resourceIdIn(harvest, identifier));
  if (!row) throw new OaiError('idDoesNotExist', 'There is no such record.');
  return (await writeRecords(harvest, [row], true)).join('');
}

export async function requireRecord(harvest: Harvest, identifier: string): Promise<void> {
  const row = await lastChange(harvest.db, harvest.view.ever, resourceIdIn(harvest, identifier));
  if (!row) throw new OaiError('idDoesNotExist', 'There is no such record.');
}
