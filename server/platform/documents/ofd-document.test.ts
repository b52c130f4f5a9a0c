import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { anOfd, ofdLine } from '../../../test/factories/documents.ts';
import { convertHtml, plainText } from '../rich-text/index.ts';
import { convertOfd } from './ofd-document.ts';
import { readDeltas } from './ofd-page.ts';

const samples = join('..', 'shared', 'data', 'ofd');

async function linesOf(bytes: Buffer): Promise<string[]> {
  const { html } = await convertOfd(bytes);
  return plainText(convertHtml(html).document)
    .split('\n')
    .filter((line) => line !== '');
}

const codeOf = (bytes: Buffer): Promise<string> =>
  convertOfd(bytes).then(
    () => 'converted',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

// 34 letters of 5 mm from 20 mm on reach to 190 mm.
const full = '一二三四五六七八九十'.repeat(4).slice(0, 34);

describe('the text of an OFD document', () => {
  it('goes on over lines and pages, and begins anew with an indent or after a short line', async () => {
    const first = [
      ofdLine('关于做好秋季防火工作的通知', 70, 30, 7),
      ofdLine(full.slice(2), 30, 50),
      ofdLine(full, 20, 60),
      ofdLine('这一段到此为止。', 20, 70),
      ofdLine(full.slice(2), 30, 80),
      ofdLine('- 1 -', 100, 285),
    ];
    const second = [ofdLine('接上一页的文字。', 20, 30), ofdLine('新的一段。', 30, 40)];
    expect(await linesOf(await anOfd([first.join(''), second.join('')]))).toEqual([
      '关于做好秋季防火工作的通知',
      `${full.slice(2)}${full}这一段到此为止。`,
      `${full.slice(2)}接上一页的文字。`,
      '新的一段。',
    ]);
  });

  it('stands in the order of the page, not of the file', async () => {
    const page = [ofdLine('下面', 20, 60), ofdLine('上面', 20, 30), ofdLine('右', 60, 30)];
    expect(await linesOf(await anOfd([page.join('')]))).toEqual(['上面 右', '下面']);
  });

  it('has the distances of its letters written short', () => {
    expect(readDeltas('g 3 5.5 2 g 2 1', 100)).toEqual([5.5, 5.5, 5.5, 2, 1, 1]);
    expect(readDeltas('g 999999999 1', 4)).toEqual([1, 1, 1, 1]);
  });
});

describe('an OFD document that cannot be read', () => {
  it('is refused with its reason', async () => {
    expect(await codeOf(await anOfd([ofdLine('密', 20, 30)], { 'Doc_0/Encryptions.xml': '<a/>' }))).toBe(
      'document.encrypted',
    );
    expect(await codeOf(await anOfd(['']))).toBe('document.empty');
    expect(await codeOf(await anOfd(['<ofd:TextObject>']))).toBe('document.damaged');
    const entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
    expect(await codeOf(await anOfd([''], { 'Doc_0/Pages/Page_0/Content.xml': entity }))).toBe(
      'document.xml-forbidden',
    );
  });
});

const names = existsSync(samples) ? readdirSync(samples).filter((name) => name.endsWith('.ofd')) : [];

describe('OFD documents from elsewhere', () => {
  it('are there to be tried', ({ skip }) => {
    if (names.length === 0) skip('the sample documents are absent');
    expect(names.length).toBe(11);
  });

  it.each(names)('%s gives its text or its pictures', async (name) => {
    const { html, pictures } = await convertOfd(readFileSync(join(samples, name)));
    const { document } = convertHtml(html);
    expect(plainText(document).trim().length + pictures.length).toBeGreaterThan(0);
  });
});
