import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { allEndpoints, apis, errorCodes } from '../contracts/index.ts';
import { openExchangeEndpoints, openExchangeErrorCodes } from '../contracts/open-exchange.ts';
import { searchErrorCodes } from '../contracts/search.ts';
import { transparencyErrorCodes } from '../contracts/transparency.ts';
import { sourceFiles } from './tracked-files.ts';

const server = sourceFiles()
  .filter((file) => file.startsWith('server/') && !/\.test\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const listed = [...errorCodes, ...searchErrorCodes, ...transparencyErrorCodes, ...openExchangeErrorCodes];
/** What the console's port answers, and what the exchange port does. */
const everyEndpoint = [...allEndpoints, ...openExchangeEndpoints];

/** Codes that stop a start, a job or a page, and that no answer of the console ever carries. */
const inside =
  /^(?:platform\.|service\.database-|publishing\.(?:target|redirect|path|key|site)-|transparency\.(?:key-broken|log-broken|log-shorter)$)/;

describe('the codes of refusals', () => {
  it('that are thrown are all in the list', () => {
    const thrown = server.flatMap(({ file, text }) =>
      [...text.matchAll(/AppError\(\s*'[a-z-]+',\s*'([^']+)'/g)].map(([, code = '']) => ({ file, code })),
    );
    expect(thrown.length).toBeGreaterThan(50);
    const unknown = thrown.filter(({ code }) => !listed.includes(code) && !inside.test(code));
    expect(unknown).toEqual([]);
  });

  it('that are in the list are all thrown somewhere', () => {
    const text = server.map((one) => one.text).join('\n');
    expect(listed.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });

  it('are in the list once, and named after what they are about', () => {
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.filter((code) => code !== 'internal' && !/^[a-z-]+\.[a-z-]+$/.test(code))).toEqual([]);
  });
});

describe('the endpoints', () => {
  it('are each mounted once, by a module', () => {
    const mounted = server.flatMap(({ text }) =>
      [...text.matchAll(/\bmount\(\s*(\w+)Api\.(\w+)/g)].map(
        ([, module = '', name = '']) => `${module}.${name}`,
      ),
    );
    expect(mounted.sort()).toEqual(everyEndpoint.map((one) => `${one.module}.${one.name}`).sort());
  });

  it('are the only way to a route', () => {
    const others = server.filter(({ text }) => /\bapp\.(?:route|get|post|put|patch|delete)\(/.test(text));
    expect(others.map((one) => one.file).sort()).toEqual([
      'server/console-files.ts',
      'server/platform/http.ts',
    ]);
  });

  it('have addresses of their own', () => {
    const addresses = everyEndpoint.map((one) => `${one.method} ${one.path.replaceAll(/:\w+/g, ':')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('take no key that they do not name', () => {
    // OAI-PMH has words of its own for arguments that it does not know.
    const others = everyEndpoint.filter((one) => one.path !== '/v1/oai');
    const open = others.flatMap((one) =>
      [one.params, one.query, one.body]
        .filter((schema) => schema !== undefined)
        .filter((schema) => (schema as { additionalProperties?: unknown }).additionalProperties !== false)
        .map(() => `${one.module}.${one.name}`),
    );
    expect(open).toEqual([]);
  });

  it('say who may ask, and only the door is open to strangers', () => {
    const open = allEndpoints.filter((one) => one.access === 'public');
    expect(open.map((one) => `${one.module}.${one.name}`)).toEqual(['identity.signIn']);
    const ofKeys = everyEndpoint.filter((one) => one.access === 'key' || one.access === 'public');
    expect(ofKeys.filter((one) => one.module !== 'openExchange').map((one) => one.name)).toEqual(['signIn']);
    const early = allEndpoints.filter((one) => one.access === 'first-login');
    expect(early.every((one) => one.module === 'identity')).toBe(true);
  });

  it('change nothing when they are read', () => {
    const reads = everyEndpoint.filter((one) => one.method === 'GET');
    expect(reads.filter((one) => one.body !== undefined || one.upload)).toEqual([]);
    expect(Object.keys(apis).length).toBeGreaterThan(5);
  });
});
