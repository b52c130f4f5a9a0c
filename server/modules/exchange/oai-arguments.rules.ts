export const oaiErrorCodes = [
  'badArgument',
  'badResumptionToken',
  'badVerb',
  'cannotDisseminateFormat',
  'idDoesNotExist',
  'noRecordsMatch',
  'noSetHierarchy',
] as const;
export type OaiErrorCode = (typeof oaiErrorCodes)[number];

/** What the protocol calls an error: answered inside a normal answer. */
export class OaiError extends Error {
  override readonly name = 'OaiError';
  readonly code: OaiErrorCode;

  constructor(code: OaiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const oaiVerbs = [
  'Identify',
  'ListMetadataFormats',
  'ListSets',
  'ListIdentifiers',
  'ListRecords',
  'GetRecord',
] as const;
export type OaiVerb = (typeof oaiVerbs)[number];

export type OaiArguments = Readonly<Partial<Record<OaiArgument, string>>>;
type OaiArgument = 'identifier' | 'metadataPrefix' | 'from' | 'until' | 'set' | 'resumptionToken';

export interface OaiRequest {
  readonly verb: OaiVerb;
  readonly given: OaiArguments;
}

interface VerbRule {
  readonly required: readonly OaiArgument[];
  readonly optional: readonly OaiArgument[];
  /** Takes a resumption token instead of everything else. */
  readonly resumes: boolean;
}

const listRule: VerbRule = {
  required: ['metadataPrefix'],
  optional: ['from', 'until', 'set'],
  resumes: true,
};
const rules: Readonly<Record<OaiVerb, VerbRule>> = {
  Identify: { required: [], optional: [], resumes: false },
  ListMetadataFormats: { required: [], optional: ['identifier'], resumes: false },
  ListSets: { required: [], optional: [], resumes: true },
  ListIdentifiers: listRule,
  ListRecords: listRule,
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [], resumes: false },
};

const longestArgument = 500;

function checkedValue(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.length > longestArgument) {
    throw new OaiError('badArgument', `${name} must be given once and hold something.`);
  }
  if (name === 'metadataPrefix' && !/^[\w\-.!~*'()]+$/.test(value)) {
    throw new OaiError('badArgument', 'A prefix has no such signs.');
  }
  return value;
}

/** What stands in the address or the form, checked against the verb; everything else is refused. */
export function readOaiRequest(raw: Readonly<Record<string, unknown>>): OaiRequest {
  const { verb: wanted, ...others } = raw;
  const verb = oaiVerbs.find((one) => one === wanted);
  if (verb === undefined) throw new OaiError('badVerb', 'The verb is missing, repeated or unknown.');
  const { required, optional, resumes } = rules[verb];
  const known: readonly string[] = [...required, ...optional, ...(resumes ? ['resumptionToken'] : [])];
  const entries = Object.entries(others).map(([name, value]) => {
    if (!known.includes(name)) throw new OaiError('badArgument', `${verb} takes no such argument.`);
    return [name, checkedValue(name, value)] as const;
  });
  const given: OaiArguments = Object.fromEntries(entries);
  if (given.resumptionToken !== undefined) {
    if (entries.length > 1) throw new OaiError('badArgument', 'A resumption token stands alone.');
    return { verb, given };
  }
  const missing = required.filter((name) => given[name] === undefined);
  if (missing.length > 0) throw new OaiError('badArgument', `${verb} needs ${missing.join(', ')}.`);
  return { verb, given };
}

export interface DateRange {
  readonly from: Date | undefined;
  /** The first instant that is no longer meant. */
  readonly before: Date | undefined;
}

const dayForm = /^\d{4}-\d\d-\d\d$/;
const secondForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function instantOf(text: string): Date {
  const at = new Date(dayForm.test(text) ? `${text}T00:00:00Z` : text);
  const isForm = dayForm.test(text) || secondForm.test(text);
  // A 30th of February is read as another day.
  if (!isForm || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text.slice(0, 10))) {
    throw new OaiError('badArgument', 'Dates are YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.');
  }
  return at;
}

export function readRange({ from, until }: OaiArguments): DateRange {
  if (from !== undefined && until !== undefined && from.length !== until.length) {
    throw new OaiError('badArgument', 'from and until must have the same granularity.');
  }
  const start = from === undefined ? undefined : instantOf(from);
  const step = until !== undefined && dayForm.test(until) ? 86_400_000 : 1_000;
  const before = until === undefined ? undefined : new Date(instantOf(until).getTime() + step);
  if (start && before && start >= before) throw new OaiError('badArgument', 'from is later than until.');
  return { from: start, before };
}

export interface OaiSet {
  readonly kind: 'unit' | 'column';
  readonly id: string;
}

export function readSet(text: string | undefined): OaiSet | undefined {
  if (text === undefined) return undefined;
  const [, kind, id] = /^(unit|column)-([1-9]\d{0,17})$/.exec(text) ?? [];
  if ((kind !== 'unit' && kind !== 'column') || id === undefined) {
    throw new OaiError('badArgument', 'There is no such set.');
  }
  return { kind, id };
}

/** Where a list goes on: the question, and the position of the last record that was given. */
export interface OaiPlace {
  readonly set: string | undefined;
  readonly range: DateRange;
  readonly position: string;
}

export function writeToken({ set, range, position }: OaiPlace): string {
  const time = (at: Date | undefined): string => (at === undefined ? '-' : String(at.getTime()));
  return Buffer.from(`oai ${set ?? '-'} ${time(range.from)} ${time(range.before)} ${position}`).toString(
    'base64url',
  );
}

export function readToken(token: string): OaiPlace {
  const text = Buffer.from(token, 'base64url').toString();
  const form = /^oai (-|(?:unit|column)-[1-9]\d{0,17}) (-|-?\d{1,14}) (-|-?\d{1,14}) ([1-9]\d{0,17})$/;
  const parts = form.exec(text);
  if (!parts || Buffer.from(text).toString('base64url') !== token) {
    throw new OaiError('badResumptionToken', 'The resumption token was not given out here.');
  }
  const [, set = '-', from = '-', before = '-', position = '0'] = parts;
  const instant = (value: string) => (value === '-' ? undefined : new Date(Number(value)));
  return {
    set: set === '-' ? undefined : set,
    range: { from: instant(from), before: instant(before) },
    position,
  };
}
