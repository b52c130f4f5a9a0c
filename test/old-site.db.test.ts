import { describe, expect, test } from 'vitest';

import type { ResourceContent } from '../contracts/library.ts';
import { addressesOf } from '../server/modules/sites/index.ts';
import { convertHtml, plainText } from '../server/platform/rich-text/index.ts';
import { openPublicPort, type PublicPort } from './factories/public-side.ts';
import { aRelocationPlace } from './factories/relocation.ts';
import { aColumn, aDistrict, aStage } from './factories/sites.ts';
import { aDatabase } from './harness.ts';
import { buildOldSite, type OldArticle, type OldSite } from './old-site.ts';
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
    const port = await openPublicPort(parts, portal.id);
    await place.work();

    const shares = await sharesOf(site, new Map([...columns].map(([folder, column]) => [folder, column.id])));
    process.stdout.write(
      `old site: ${String(site.articles.length)} articles, right: ${JSON.stringify(shares)}\n`,
    );
    for (const share of Object.values(shares)) expect(share).toBeGreaterThanOrEqual(0.99);

    const old = addressesOn(site);
    const lost: string[] = [];
    for (const path of old) if (!(await leadsOn(port, path))) lost.push(path);
    process.stdout.write(
      `old site: ${String(old.length - lost.length)} of ${String(old.length)} addresses lead on\n`,
    );
    expect(lost).toEqual([]);
    await port.stop();
    await place.remove();
  }, 240_000);

  /** Of all articles the share whose title, day, … are what they were. */
  async function sharesOf(
    { host, articles }: OldSite,
    columns: ReadonlyMap<string, string>,
  ): Promise<Record<string, number>> {
    const rows = await db
      .selectFrom('library.resource')
      .innerJoin('library.revision', 'library.revision.id', 'live_revision_id')
      .select(['library.resource.id', 'imported_from', 'content'])
      .where('imported_from', 'is not', null)
      .execute();
    expect(rows).toHaveLength(articles.length);
    const ids = rows.map((row) => row.id);
    const addresses = await addressesOf(db, ids);
    const came = new Map(
      rows.map(({ id, imported_from: from, content }) => [
        from,
        { content: content as unknown as ResourceContent, columnId: addresses.get(id)?.columnId },
      ]),
    );
    const share = (
      isRight: (article: OldArticle, content: ResourceContent, columnId?: string) => boolean,
    ): number =>
      articles.filter((article) => {
        const found = came.get(`${host}${article.path}`);
        return found !== undefined && isRight(article, found.content, found.columnId);
      }).length / articles.length;
    return {
      title: share(({ title }, content) => content.title === title),
      date: share(({ date }, content) => content.producedOn === date),
      source: share(({ source }, content) => content.source === source),
      body: share(({ body }, content) => textOf(content) === bodyText(body)),
      attachment: share(
        ({ attachment }, { attachments = [] }) => attachments.length === (attachment ? 1 : 0),
      ),
      column: share(({ folder }, _content, columnId) => columnId === columns.get(folder)),
    };
  }
});

const textOf = ({ body }: ResourceContent): string => (body ? plainText(body) : '');

function addressesOn({ articles, lists }: OldSite): readonly string[] {
  const files = articles.flatMap((one) => (one.attachment ? [one.attachment.path] : []));
  return [...articles.map((one) => one.path), ...lists, ...files];
}

/** Whether an old address sends a visitor once, to something that is there. */
async function leadsOn(port: PublicPort, path: string): Promise<boolean> {
  // `/x/index.html` is `/x/` first, as everywhere here.
  const first = await port.ask(encodeURI(path.replace(/\/index\.html$/, '/')));
  return first.status === 301 && (await port.ask(first.location ?? '')).status === 200;
}
