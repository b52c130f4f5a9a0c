import { describe, expect, test } from 'vitest';

import type { ResourceContent } from '../contracts/library.ts';
import { addressesOf } from '../server/modules/sites/index.ts';
import { convertHtml, plainText } from '../server/platform/rich-text/index.ts';
import { openPublicPort } from './factories/public-side.ts';
import { aRelocationPlace } from './factories/relocation.ts';
import { aColumn, aDistrict, aStage } from './factories/sites.ts';
import { aDatabase } from './harness.ts';
import { buildOldSite } from './old-site.ts';
import { aSystem } from './system.ts';
import { suggestionFor } from './factories/relocation-suggestion.ts';

const bodyText = (html: string): string => plainText(convertHtml(html).document);

describe('an old site of more than three hundred pages', () => {
  const database = aDatabase();
  const { db } = database;
  const system = aSystem(database);

  test('comes in by suggested rules with its titles, days, sources and bodies, and every old address leads on', async () => {
    const stage = aStage(db);
    const { portal, office } = await aDistrict(stage);
    const site = buildOldSite('demo');
    expect(site.articles.length).toBeGreaterThanOrEqual(300);
    const { parts } = system;
    const place = await aRelocationPlace(stage, {
      store: parts.oldPages,
      assets: parts.assets,
      performAsSystem: parts.performAsSystem,
    });
    const id = await place.create({
      name: '旧网站',
      siteId: portal.id,
      unitId: office.id,
      hosts: [site.host],
      source: 'copy',
    });
    expect(await place.copy(id, site.files)).toEqual({ files: site.files.length, skipped: 0 });

    await place.start(id, 'sample');
    await place.work();
    await place.change(id, { rules: await suggestionFor(db, place.engine, id) });
    const columns = new Map<string, { id: string; path: string }>();
    for (const folder of site.folders) columns.set(folder, await aColumn(stage, { site: portal }));
    await place.change(id, { mappings: [...columns].map(([key, column]) => ({ key, columnId: column.id })) });
    await place.start(id, 'import');
    await place.work();
    const { stop, ask } = await openPublicPort(parts, portal.id);
    await place.work();

    const rows = await db
      .selectFrom('library.resource')
      .innerJoin('library.revision', 'library.revision.id', 'live_revision_id')
      .select(['library.resource.id', 'imported_from', 'content'])
      .where('imported_from', 'is not', null)
      .execute();
    const contents = new Map(
      rows.map((row) => [row.imported_from ?? '', row.content as unknown as ResourceContent]),
    );
    expect(contents.size).toBe(site.articles.length);
    const right = { title: 0, date: 0, source: 0, body: 0, column: 0, attachment: 0 };
    const addresses = await addressesOf(
      db,
      rows.map((row) => row.id),
    );
    for (const row of rows) {
      const article = site.articles.find((one) => `${site.host}${one.path}` === row.imported_from);
      if (article && addresses.get(row.id)?.columnId === columns.get(article.folder)?.id) right.column += 1;
    }
    for (const article of site.articles) {
      const content = contents.get(`${site.host}${article.path}`);
      if (!content) continue;
      if (content.title === article.title) right.title += 1;
      if (content.producedOn === article.date) right.date += 1;
      if (content.source === article.source) right.source += 1;
      if (content.body && plainText(content.body) === bodyText(article.body)) right.body += 1;
      if ((content.attachments?.length ?? 0) === (article.attachment ? 1 : 0)) right.attachment += 1;
    }
    const all = site.articles.length;
    const shares = Object.fromEntries(Object.entries(right).map(([what, count]) => [what, count / all]));
    process.stdout.write(`old site: ${String(all)} articles, right: ${JSON.stringify(shares)}\n`);
    for (const share of Object.values(shares)) expect(share).toBeGreaterThanOrEqual(0.99);

    const files = site.articles.flatMap((one) => (one.attachment ? [one.attachment.path] : []));
    const old = [...site.articles.map((one) => one.path), ...site.lists, ...files];
    const lost: string[] = [];
    for (const path of old) {
      // `/x/index.html` is `/x/` first, as everywhere here.
      const first = await ask(encodeURI(path.replace(/\/index\.html$/, '/')));
      const then = first.status === 301 ? await ask(first.location ?? '') : first;
      if (first.status !== 301 || then.status !== 200) lost.push(`${path} ${String(first.status)}`);
    }
    process.stdout.write(
      `old site: ${String(old.length - lost.length)} of ${String(old.length)} old addresses lead on\n`,
    );
    expect(lost).toEqual([]);
    await stop();
    await place.remove();
  }, 240_000);
});
