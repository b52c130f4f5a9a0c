import { describe, expect, test } from 'vitest';

import { buildOldSite } from '../../../test/old-site.ts';
import { decodePage } from './decode-page.ts';
import { examineHtml } from './examine-page.ts';
import { addressOfName } from './old-address.rules.ts';
import { parsePage } from './parse-page.ts';
import { suggestRules } from './suggest-rules.ts';

describe('rules that are suggested from samples', () => {
  const site = buildOldSite('demo', 184);
  const pageAt = new Map(
    site.files.map(({ name, bytes }) => [`/${name.toString()}`, decodePage(Buffer.from(bytes))]),
  );
  const htmlOf = (path: string): string => pageAt.get(path) ?? '';
  const samplesOf = (prefix: string) =>
    site.articles
      .filter(({ path }) => path.startsWith(prefix))
      .slice(0, 4)
      .map(({ path }) => ({
        document: parsePage(htmlOf(path)),
        address: addressOfName(`${site.host}${path}`),
      }));

  test.each(['/zwgk/', '/bm/'])(
    'find title, day, source and body of the other articles under %s',
    (prefix) => {
      const rules = suggestRules(samplesOf(prefix));
      const others = site.articles.filter(({ path }) => path.startsWith(prefix));
      expect(others.length).toBeGreaterThan(8);
      for (const article of others) {
        const { page } = examineHtml(htmlOf(article.path), `${site.host}${article.path}`, {
          hosts: [site.host],
          rules,
        });
        expect(page).toMatchObject({
          kind: 'article',
          title: article.title,
          date: article.date,
          source: article.source,
        });
        expect(page.body).toBeDefined();
      }
    },
  );

  test('say what every title ends with, and the form of addresses', () => {
    const rules = suggestRules(samplesOf('/bm/'));
    expect(rules.titleEndings).toEqual([' - 部门网站']);
    expect(rules.articleAddresses).toEqual(['**/t*_*.html']);
  });

  test('are the usual ones when nothing is alike', () => {
    const rules = suggestRules([{ document: parsePage(''), address: addressOfName('a.test/') }]);
    expect(rules.title).toEqual(['title']);
    expect(rules.body).not.toEqual([]);
  });
});
