import { unitsInScope } from '../identity/index.ts';
import { awaitCommits, feedBeginning } from '../library/index.ts';
import { allSites, columnsOfSites } from '../sites/index.ts';
import {
  OaiError,
  type OaiArguments,
  type OaiRequest,
  readOaiRequest,
  readRange,
  readSet,
  readToken,
} from './oai-arguments.rules.ts';
import { getRecord, type Harvest, listRecords, requireRecord } from './oai-records.ts';
import { element, escapeXml, secondOf, writeEnvelope } from './oai-xml.ts';

export interface OaiQuestion extends Harvest {
  readonly repositoryName: string;
  readonly baseUrl: string;
  readonly adminEmail: string;
  readonly now: Date;
}

const dublinCore = {
  prefix: 'oai_dc',
  schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
  namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
} as const;

/** The answer of an OAI-PMH 2.0 repository to one request, errors of the protocol included. */
export async function answerOai(
  question: OaiQuestion,
  raw: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { baseUrl } = question;
  let responseDate = question.now;
  let asked: Readonly<Record<string, string>> = {};
  try {
    const request = readOaiRequest(raw);
    asked = { verb: request.verb, ...request.given };
    // Whoever harvests from the time of this answer on the next time misses nothing that is being committed now.
    responseDate = await awaitCommits(question.db);
    const inside = await answerVerb(question, request);
    return writeEnvelope(
      { responseDate, baseUrl, asked },
      `<${request.verb}>\n${inside}\n</${request.verb}>`,
    );
  } catch (error) {
    if (!(error instanceof OaiError)) throw error;
    if (error.code === 'badVerb' || error.code === 'badArgument') asked = {};
    return writeEnvelope(
      { responseDate, baseUrl, asked },
      `<error code="${error.code}">${escapeXml(error.message)}</error>`,
    );
  }
}

function answerVerb(question: OaiQuestion, { verb, given }: OaiRequest): Promise<string> {
  switch (verb) {
    case 'Identify':
      return identify(question);
    case 'ListMetadataFormats':
      return listFormats(question, given);
    case 'ListSets':
      return listSets(question, given);
    case 'GetRecord':
      return findRecord(question, given);
    case 'ListIdentifiers':
      return listPart(question, given, false);
    case 'ListRecords':
      return listPart(question, given, true);
  }
}

async function identify(question: OaiQuestion): Promise<string> {
  const beginning = (await feedBeginning(question.db)) ?? question.now;
  return [
    element('repositoryName', question.repositoryName),
    element('baseURL', question.baseUrl),
    element('protocolVersion', '2.0'),
    element('adminEmail', question.adminEmail),
    element('earliestDatestamp', secondOf(beginning)),
    element('deletedRecord', 'persistent'),
    element('granularity', 'YYYY-MM-DDThh:mm:ssZ'),
  ].join('\n');
}

async function listFormats(question: OaiQuestion, { identifier }: OaiArguments): Promise<string> {
  if (identifier !== undefined) await requireRecord(question, identifier);
  return [
    '<metadataFormat>',
    element('metadataPrefix', dublinCore.prefix),
    element('schema', dublinCore.schema),
    element('metadataNamespace', dublinCore.namespace),
    '</metadataFormat>',
  ].join('');
}

/** Every unit and every column that the key may see: some thousand at most, so one answer holds them. */
async function listSets({ db, view }: OaiQuestion, { resumptionToken }: OaiArguments): Promise<string> {
  if (resumptionToken !== undefined) {
    throw new OaiError('badResumptionToken', 'Sets come in one answer; no token was given out.');
  }
  const units = await unitsInScope(
    db,
    view.unitIds === null ? { kind: 'all' } : { kind: 'units', unitIds: view.unitIds },
  );
  const sites = (await allSites(db)).filter((site) => site.state === 'online');
  const siteNames = new Map(sites.map((site) => [site.id, site.shortName]));
  const columns = (await columnsOfSites(db, [...siteNames.keys()])).filter(
    (column) => column.closedAt === null && (view.columnIds?.includes(column.id) ?? true),
  );
  const sets = [
    ...units.map((unit) => ({ spec: `unit-${unit.id}`, name: unit.name })),
    ...columns.map((column) => ({
      spec: `column-${column.id}`,
      name: `${siteNames.get(column.siteId) ?? ''} / ${column.name}`,
    })),
  ];
  if (sets.length === 0) throw new OaiError('noSetHierarchy', 'There are no sets.');
  return sets
    .map((set) => `<set>${element('setSpec', set.spec)}${element('setName', set.name)}</set>`)
    .join('\n');
}

function requireFormat(prefix: string | undefined): void {
  if (prefix === dublinCore.prefix) return;
  throw new OaiError('cannotDisseminateFormat', 'Only oai_dc is given.');
}

async function findRecord(question: OaiQuestion, given: OaiArguments): Promise<string> {
  const record = await getRecord(question, given.identifier ?? '');
  requireFormat(given.metadataPrefix);
  return record;
}

function listPart(question: OaiQuestion, given: OaiArguments, whole: boolean): Promise<string> {
  if (given.resumptionToken !== undefined) {
    return listRecords(question, readToken(given.resumptionToken), whole);
  }
  const place = { set: given.set, range: readRange(given), position: '0' };
  readSet(given.set);
  requireFormat(given.metadataPrefix);
  return listRecords(question, place, whole);
}
