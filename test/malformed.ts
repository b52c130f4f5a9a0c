/** Texts that a query, a path or a body may hold when somebody means harm or a program has gone wrong. */
const nul = '\0';
const loneSurrogate = '\ud800';

/** Percent-encoded, as they stand in the address. */
export const hostileQueryValues = [
  '',
  '-1',
  '0',
  '1e999',
  '1.5',
  '99999999999999999999',
  '9007199254740993',
  '2147483648',
  'NaN',
  'null',
  'true',
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%F0%9F',
  '%',
  '%25',
  '_',
  '%5C',
  "'%20or%201=1--",
  '..%2F..%2Fetc%2Fpasswd',
  '%E2%80%AE',
  '2016-12-31T23:59:60Z',
  '2026-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-01-01T00:00:00%2B23:59',
  '2026-01-01t00:00:00z',
  '9999-12-31T23:59:59Z',
  '%5B%5D',
  '%7B%7D',
  'x'.repeat(5_000),
] as const;

const wrapped = (text: string): string => Buffer.from(text).toString('base64url');

/** Places in lists that no list ever gave out. */
export const hostileCursors: readonly string[] = [
  ...hostileQueryValues,
  '1.1',
  '-8640000000000000.1',
  '8640000000000000.1',
  '9999999999999999.1',
  '999999999999999.999999999999999999',
  '1.999999999999999999',
  '0.0',
  wrapped('zzz'),
  wrapped('admin'),
  wrapped(`a${nul}b`),
  wrapped("a' or 1=1--"),
  wrapped('0000-01-01T00:00:00.000000Z 1'),
  wrapped('2026-02-30T00:00:00.000000Z 1'),
  wrapped('2026-01-01T24:00:00.000000Z 1'),
  wrapped('2026-01-01T00:00:60.000000Z 1'),
  wrapped('2026-01-01T00:00:00.000000Z 999999999999999999'),
  wrapped('{"id":1}'),
];

export const hostileParams: readonly string[] = [
  'abc',
  '-1',
  '0',
  '01',
  '1e3',
  '1.0',
  '%201',
  '1%00',
  '%00',
  '%2e%2e',
  '..%2f1',
  '1;drop',
  '1,2',
  '%E0%A4%A',
  '%ED%A0%80',
  'constructor',
  '__proto__',
  'null',
  '99999999999999999999',
  '9007199254740993',
  '2147483648',
  '999999999999999999',
  'x'.repeat(300),
];

const mistypes: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a number', 12_345],
  ['a fraction', 1.5],
  ['a negative number', -1],
  ['a huge number', 1e308],
  ['a large whole number', 2 ** 53],
  ['true', true],
  ['an empty text', ''],
  ['a long text', 'x'.repeat(100_000)],
  ['an empty list', []],
  ['a long list', Array.from({ length: 2_000 }, () => 'x')],
  ['a list of lists', [[[]]]],
  ['an empty object', {}],
  ['an object', { a: { b: 1 } }],
  ['NUL', `a${nul}b`],
  ['half a character', `a${loneSurrogate}b`],
];

export interface Mistyped {
  readonly what: string;
  readonly body: unknown;
  /** False: no database could keep it, whatever the contract says of it. */
  readonly storable: boolean;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body again and again, each time with one value of a wrong kind, or without it, or with one too many. */
export function mistypedBodies(body: unknown, depth = 0, path = ''): readonly Mistyped[] {
  if (!isObject(body)) return [];
  const without = (key: string) =>
    Object.fromEntries(Object.entries(body).filter(([other]) => other !== key));
  const strangers = ['surprise', 'id', 'version', 'stage', 'roles_', 'unit_id'].map((key) => ({
    what: `${path}${key} too many`,
    body: { ...body, [key]: '1' },
    storable: true,
  }));
  const inside = Object.entries(body).flatMap(([key, value]): readonly Mistyped[] => [
    { what: `${path}${key} missing`, body: without(key), storable: true },
    ...mistypes.map(([kind, wrong]) => ({
      what: `${path}${key} is ${kind}`,
      body: { ...body, [key]: wrong },
      storable: kind !== 'NUL' && kind !== 'half a character',
    })),
    ...(depth < 1
      ? mistypedBodies(value, depth + 1, `${path}${key}.`).map((one) => ({
          ...one,
          body: { ...body, [key]: one.body },
        }))
      : []),
  ]);
  return [...strangers, ...inside];
}

/** Bodies that are no JSON, or JSON that no honest program writes; the large ones only if wished for. */
export function hostileBodies(
  body: object,
  withLarge: boolean,
): readonly { readonly what: string; readonly text: string; readonly status: string }[] {
  const text = JSON.stringify(body);
  const within = text.slice(0, -1) + (text === '{}' ? '' : ',');
  return [
    { what: 'nothing', text: '', status: '400' },
    { what: 'null', text: 'null', status: '400' },
    { what: 'a list', text: '[]', status: '400' },
    { what: 'a text', text: '"text"', status: '400' },
    { what: 'a number', text: '1', status: '400' },
    { what: 'half an object', text: text.slice(0, -1), status: '400' },
    { what: 'two objects', text: `${text}${text}`, status: '400' },
    { what: 'no JSON', text: 'a=1&b=2', status: '400' },
    { what: 'NUL in the text', text: `${nul}${text}`, status: '400' },
    { what: 'a prototype', text: `${within}"__proto__":{"admin":true}}`, status: '400' },
    { what: 'a constructor', text: `${within}"constructor":{"prototype":{"admin":true}}}`, status: '400' },
    { what: 'an escaped prototype', text: `${within}"\\u005f_proto__":{"admin":true}}`, status: '400' },
    { what: 'a number without end', text: `${within}"x":1${'0'.repeat(10_000)}}`, status: '400' },
    ...(withLarge ? largeBodies(within) : []),
  ];
}

/** `within`: a body that is right as far as it goes. */
function largeBodies(within: string) {
  const nest = (open: string, close: string, depth: number) => open.repeat(depth) + '1' + close.repeat(depth);
  return [
    { what: 'a deep list', text: nest('[', ']', 200_000), status: '400' },
    { what: 'a deep object', text: nest('{"a":', '}', 200_000), status: '400' },
    {
      what: 'depth where it is not looked for',
      text: `${within}"x":${nest('[', ']', 100_000)}}`,
      status: '400',
    },
    { what: 'too much', text: `${within}"x":"${'x'.repeat(5_000_000)}"}`, status: '413' },
  ];
}
