import { Readable } from 'node:stream';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isSameOrigin, readForm } from './public-form.ts';

const sent = (body: string | Buffer, type = 'application/x-www-form-urlencoded', headers = {}) =>
  Object.assign(Readable.from([Buffer.from(body)]), {
    headers: { 'content-type': type, ...headers },
  }) as never;
const fieldsOf = async (body: string, type?: string) => {
  const read = await readForm(sent(body, type), ['a', 'b']);
  return read.outcome === 'read' ? Object.fromEntries(read.fields) : read.outcome;
};

describe('a form', () => {
  it('is read as a browser writes it', async () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .filter((one) => !/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u.test(one));
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const wanted = { a: a.trim(), b: b.trim() };
        expect(await fieldsOf(new URLSearchParams({ a, b }).toString())).toEqual(wanted);
        expect(await fieldsOf(JSON.stringify({ a, b }), 'application/json; charset=utf-8')).toEqual(wanted);
      }),
    );
  });

  it('loses what is not seen but changes how the rest is shown, and keeps its lines', async () => {
    const text = ' 第一行\r\n第二行\u202e\u0007\t完 ';
    expect(await fieldsOf(new URLSearchParams({ a: text }).toString())).toEqual({ a: '第一行\n第二行\t完' });
  });

  it.each(['c=1', 'a=1&a=2', 'a=%00', 'a=%ED%A0%80', 'a=%E9', 'a=%zz', 'a=é', '=1'])(
    'is refused when it says %s',
    async (body) => {
      expect(await fieldsOf(body)).toBe('malformed');
    },
  );

  it.each(['{', '[]', 'null', '{"a":1}', '{"a":"1","c":""}', '{"a":{"b":""}}', '{"a":"\\ud800"}'])(
    'is refused when it is the JSON %s',
    async (body) => {
      expect(await fieldsOf(body, 'application/json')).toBe('malformed');
    },
  );

  it('is refused when it is packed, of another kind, too large or from elsewhere', async () => {
    const outcome = async (...parts: Parameters<typeof sent>) =>
      (await readForm(sent(...parts), ['a'])).outcome;
    const form = 'application/x-www-form-urlencoded';
    expect(await outcome('a=1', form, { 'content-encoding': 'gzip' })).toBe('wrong-type');
    expect(await outcome('a=1', 'text/plain')).toBe('wrong-type');
    expect(await outcome(`a=${'x'.repeat(16_383)}`)).toBe('too-large');
    expect(await outcome(`a=${'x'.repeat(16_382)}`)).toBe('read');
    expect(await outcome('a=1', form, { 'content-length': '999999' })).toBe('too-large');
    expect(await outcome('a=1', form, { 'sec-fetch-site': 'cross-site' })).toBe('cross-site');
  });
});

describe('the origin of a request', () => {
  it.each([
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ host: 'www.example.cn', origin: 'https://www.example.cn' }, true],
    [{ host: 'WWW.example.cn:8080', origin: 'http://www.example.cn:8080' }, true],
    [{ host: 'www.example.cn', origin: 'https://www.example.cn.evil.example' }, false],
    [{ host: 'www.example.cn', origin: 'null' }, false],
    [{ origin: 'https://www.example.cn' }, false],
  ])('%j is the same: %s', (headers, same) => {
    expect(isSameOrigin({ headers })).toBe(same);
  });
});
