import type { Readable } from 'node:stream';

import type { MultipartFile } from '@fastify/multipart';

import { publishingApi } from '../contracts/publishing.ts';
import {
  importRedirects,
  redirectsOfSite,
  type RedirectReport,
  refusalReasons,
} from './modules/publishing/index.ts';
import { allSites } from './modules/sites/index.ts';
import { type Ctx, defineCommand } from './platform/context.ts';
import type { Db } from './platform/db.ts';
import { AppError } from './platform/errors.ts';
import type { Reader, Routes } from './platform/http.ts';

/** A line of a list is some hundred bytes, and a list may have a few hundred thousand. */
const mostBytes = 50_000_000;
/** Each line becomes an object or two, and each refused one a part of the answer. */
const mostLines = 1_000_000;

export interface RedirectList {
  readonly siteId: string;
  readonly text: string;
}

/** Every old address of a list at once; each line that is refused is answered with its reason. */
export const importRedirectList = defineCommand(
  'publishing.import-redirects',
  ({ siteId }: RedirectList, report: RedirectReport | undefined) => ({
    kind: 'site',
    id: siteId,
    details: report
      ? { lines: report.lines, kept: report.kept, known: report.known, refused: report.refused.length }
      : {},
  }),
  async (ctx: Ctx, { siteId, text }) => {
    if (ctx.actor.kind !== 'system') requireOperator(ctx);
    return importRedirects(ctx.db, { site: siteId, hosts: await requireSite(ctx.db, siteId), text });
  },
);

/** The host names of all sites, those in preparation too: their old addresses come before they open. */
async function requireSite(db: Db, siteId: string): Promise<Readonly<Record<string, string>>> {
  const sites = await allSites(db);
  if (!sites.some((site) => site.id === siteId))
    throw new AppError('not-found', 'sites.site-not-found', '没有这个站点。');
  return Object.fromEntries(sites.flatMap((site) => site.domains.map((domain) => [domain, site.id])));
}

function requireOperator({ actor }: Pick<Reader, 'actor'>, ...others: readonly 'supervisor'[]): void {
  if (['operator', ...others].some((role) => actor.roles.some((one) => one === role))) return;
  throw new AppError('forbidden', 'publishing.operator-required', '只有运维人员可以管理旧网址。');
}

export const redirectRoutes: Routes = (mount, { perform, consult }) => {
  mount(publishingApi.listRedirects, ({ caller, query }) =>
    consult(caller, 'publishing.list-redirects', async (reader) => {
      requireOperator(reader, 'supervisor');
      await requireSite(reader.db, query.siteId);
      const limit = query.limit ?? 20;
      const wish = { prefix: query.prefix ?? '', after: query.cursor ?? '', limit: limit + 1 };
      const rows = await redirectsOfSite(reader.db, query.siteId, wish);
      const shown = rows.slice(0, limit);
      return {
        items: shown.map(({ path, to, changedAt }) => ({
          from: path,
          to,
          changedAt: changedAt.toISOString(),
        })),
        nextCursor: rows.length > limit ? (shown.at(-1)?.path ?? null) : null,
      };
    }),
  );
  mount(publishingApi.importRedirects, async ({ caller, request }) => {
    const file = request.isMultipart() ? await request.file() : undefined;
    if (!file) throw new AppError('invalid', 'publishing.list-missing', '请用表单上传一个清单文件。');
    try {
      const siteId = siteIdBefore(file);
      const about = { kind: 'site', id: siteId };
      // Who may not do it is told before the bytes come, not after.
      await consult({ ...caller, about }, importRedirectList.name, async (reader) => {
        requireOperator(reader);
        await requireSite(reader.db, siteId);
      });
      const text = requireFewLines(textOf(await readAll(file.file)));
      const report = await perform(caller, importRedirectList, { siteId, text });
      return {
        ...report,
        refused: report.refused.map(({ line, from, reason }) => ({
          line,
          from,
          code: reason,
          reason: refusalReasons[reason],
        })),
      };
    } finally {
      // What nobody reads would keep the connection waiting.
      file.file.resume();
    }
  });
};

function siteIdBefore({ fields }: MultipartFile): string {
  const field = fields['siteId'];
  const value = field && !Array.isArray(field) && field.type === 'field' ? field.value : undefined;
  if (typeof value === 'string' && /^[1-9][0-9]{0,17}$/.test(value)) return value;
  throw new AppError(
    'invalid',
    'publishing.list-missing',
    '上传清单时要说明站点（字段 siteId 在文件之前）。',
  );
}

async function readAll(source: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > mostBytes) {
      throw new AppError('invalid', 'publishing.list-too-long', '清单超过 50 MB，请分成几个文件。');
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function requireFewLines(text: string): string {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  if (lines <= mostLines) return text;
  throw new AppError('invalid', 'publishing.list-too-long', '清单超过 100 万行，请分成几个文件。');
}

/** As UTF-8 or, as Chinese spreadsheets save it, GB 18030. */
export function textOf(bytes: Buffer): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      // Perhaps it is the other one.
    }
  }
  throw new AppError(
    'invalid',
    'publishing.list-unreadable',
    '清单不是文本文件，请存为 CSV、TSV 或 JSON Lines。',
  );
}
