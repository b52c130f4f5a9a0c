import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { sql } from 'kysely';

import type { ResourceContent } from '../contracts/library.ts';
import { allSites, columnsOfSites } from '../server/modules/sites/index.ts';
import type { District } from './district.ts';
import { hugoConfiguration, hugoTheme } from './hugo-theme.ts';

interface Document {
  readonly id: string;
  readonly siteKey: string;
  readonly columnSlug: string;
  readonly path: string;
  readonly type: string;
  readonly indexNumber: string;
  readonly publishedAt: Date;
  readonly content: ResourceContent;
}

const documentsAtOnce = 2_000;

/** The district's content and an equivalent theme, as Hugo wants them: one section for each site. */
export async function writeHugoSite(district: District, folder: string): Promise<void> {
  await writeFiles(folder, { 'config.toml': hugoConfiguration, ...hugoTheme });
  await writeChrome(district, folder);
  for (let after = '0'; ;) {
    const documents = await documentsAfter(district, after);
    const last = documents.at(-1);
    if (!last) return;
    await writeFiles(
      folder,
      Object.fromEntries(
        documents.map((one) => [`content/${one.siteKey}/${one.columnSlug}/${one.id}.md`, markdownOf(one)]),
      ),
    );
    after = last.id;
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const made = new Set<string>();
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    if (!made.has(dirname(file))) await mkdir(dirname(file), { recursive: true });
    made.add(dirname(file));
    await writeFile(file, text);
  }
}

/** What head, header and footer are made from, and a section page for each site and column. */
async function writeChrome({ parts, gathered }: District, folder: string): Promise<void> {
  const sites = await allSites(parts.db);
  const columns = await columnsOfSites(
    parts.db,
    sites.map((site) => site.id),
  );
  const files: Record<string, string> = {};
  const chromes: Record<string, unknown> = {};
  for (const site of sites) {
    const own = columns.filter((column) => column.siteId === site.id);
    chromes[site.key] = {
      ...site,
      domain: site.domains[0],
      navigation: own.map((column) => ({ name: column.name, url: `/${site.key}${column.path}` })),
      friends: sites
        .filter((one) => one.id !== site.id)
        .map((one) => ({ name: one.shortName, url: `http://${one.domains[0] ?? ''}/` })),
    };
    files[`content/${site.key}/_index.md`] = frontMatter({
      title: site.name,
      layout: 'site',
      outputs: ['HTML'],
    });
    for (const column of own) {
      files[`content/${site.key}/${column.slug}/_index.md`] = frontMatter({
        title: column.name,
        description: column.description,
        gathers: column.id === gathered.id,
      });
    }
  }
  files['data/chromes.json'] = JSON.stringify(chromes);
  await writeFiles(folder, files);
}

async function documentsAfter({ parts }: District, after: string): Promise<readonly Document[]> {
  const { rows } = await sql<Document>`
    select r.id, s.key as "siteKey", c.slug as "columnSlug", a.path, r.type, r.index_number as "indexNumber",
      r.first_published_at as "publishedAt", v.content
    from library.resource r
    join library.revision v on v.id = r.live_revision_id
    join sites.address a on a.resource_id = r.id
    join sites.site s on s.id = a.site_id
    join sites."column" c on c.id = a.column_id
    where r.id > ${after}::bigint order by r.id limit ${documentsAtOnce}`.execute(parts.db);
  return rows;
}

/** Hugo reads JSON as front matter, and much faster than YAML. */
function frontMatter(fields: Readonly<Record<string, unknown>>, body = ''): string {
  return `${JSON.stringify(fields, null, 1)}\n\n${body}`;
}

function markdownOf(one: Document): string {
  const { content } = one;
  const body = (content.body?.content ?? []).map(markdownBlock).join('\n\n');
  return frontMatter(
    {
      title: content.title,
      date: one.publishedAt.toISOString(),
      // Ids grow with time; the day is the same for all.
      weight: 1_000_000_000 - Number(one.id),
      url: `/${one.siteKey}${one.path}`,
      description: textOf(content.body).replaceAll(/\s+/g, ' ').slice(0, 120),
      isPolicy: one.type === 'policy',
      isNotice: one.columnSlug === 'tzgg',
      indexNumber: one.indexNumber,
      source: content.source,
      category: content.category,
      openMode: content.openMode,
      producedOn: content.producedOn,
      openTimeLimit: content.openTimeLimit,
      openScope: content.openScope,
      documentNumber: content.documentNumber,
      writtenOn: content.writtenOn,
      issuer: content.issuer,
      validity: content.validity,
    },
    body,
  );
}

interface RichNode {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: { readonly level?: number };
  readonly content?: readonly unknown[];
}

const escaped = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>()#+!|~-]/g, (sign) => `\\${sign}`);

function textOf(node: unknown): string {
  const { text, content } = node as RichNode;
  return text ?? (content ?? []).map(textOf).join('');
}

function markdownBlock(node: unknown): string {
  const { type, attrs, content = [] } = node as RichNode;
  const text = escaped(textOf(node)).replaceAll('\n', ' ');
  if (type === 'heading') return `${'#'.repeat(attrs?.level ?? 2)} ${text}`;
  if (type === 'bulletList') return content.map((item) => `* ${escaped(textOf(item))}`).join('\n');
  if (type === 'orderedList') {
    return content.map((item, at) => `${String(at + 1)}. ${escaped(textOf(item))}`).join('\n');
  }
  if (type === 'blockquote') return `> ${text}`;
  return type === 'horizontalRule' ? '---' : text;
}
