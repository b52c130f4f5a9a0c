import { createHash } from 'node:crypto';
import { parse } from 'node:querystring';

import type { FastifyReply, FastifyRequest } from 'fastify';

import {
  type CatalogueQuery,
  openExchangeApi,
  openExchangeEndpoints,
} from '../../../contracts/open-exchange.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import type { Http, Mount } from '../../platform/http.ts';
import type { Log } from '../../platform/log.ts';
import { type ApiDescription, describeApi } from '../../platform/openapi.ts';
import type { SearchIndex } from '../search/index.ts';
import type { PublicBase } from '../sites/index.ts';
import { writeCoreMetadata } from './core-metadata.ts';
import { writeDcat } from './dcat-catalog.ts';
import { readCataloguePage } from './export-catalogue.ts';
import type { KeyDoor } from './key-door.ts';
import { noteUsage } from './key.queries.ts';
import { partIn } from './key-view.ts';
import { answerOai } from './oai-answer.ts';
import { openContext } from './open-context.ts';
import { findOpenFile } from './read-asset.ts';
import { readChanges } from './read-changes.ts';
import { readContents } from './read-contents.ts';
import { findRepository } from './repository.ts';
import { getOpenResource, listOpenResources } from './read-resources.ts';
import { tellAbout } from './tell-about.ts';

export interface OpenExchangeParts {
  readonly db: Db;
  readonly door: KeyDoor;
  readonly clock: () => Date;
  readonly base: PublicBase;
  readonly assets: AssetStore;
  readonly index: () => Pick<SearchIndex, 'query'>;
  readonly log: Log;
  readonly version: string;
  /** The address others reach the exchange by; null: the one they asked. */
  readonly url: string | null;
}

const description: ApiDescription = {
  title: '集约 Jiyue · 数据共享',
  description:
    'What is published, for other systems. Every answer carries an ETag; ask with If-None-Match. Over the quota of a key the answer is 429 with Retry-After.',
  securitySchemes: {
    key: { type: 'http', scheme: 'bearer', description: 'The access key.' },
    password: { type: 'http', scheme: 'basic', description: 'Any name, and the access key as password.' },
  },
};

/** ETags, usage records, and forms of harvesters: what all routes of the exchange port share. */
export function prepareExchange(app: Http, { door, db, clock, log }: OpenExchangeParts): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 8_192 },
    (_request, body, done) => {
      done(null, { ...parse(String(body), '&', '=', { maxKeys: 20 }) });
    },
  );
  app.addHook('onSend', async (request, reply, payload) => {
    void reply.header('x-content-type-options', 'nosniff');
    const wait = door.waitOf(request);
    if (wait !== undefined) void reply.header('retry-after', String(wait));
    if (reply.statusCode === 401) void reply.header('www-authenticate', 'Bearer, Basic realm="jiyue"');
    return reply.statusCode === 200 && typeof payload === 'string' ? tag(request, reply, payload) : payload;
  });
  app.addHook('onResponse', async (request, reply) => {
    const key = door.keyOf(request);
    if (key === undefined) return;
    await noteUsage(db, {
      keyId: key.id,
      day: dayInChina(clock()),
      operation: `${request.method} ${request.routeOptions.url ?? 'unknown'}`,
      refused: reply.statusCode >= 400,
      bytes: Number(reply.getHeader('content-length') ?? 0),
    }).catch((error: unknown) => {
      log.warn({ err: error }, 'a use of a key could not be recorded');
    });
  });
}

/** The same bytes have the same tag; whoever has them already gets none. */
function tag(request: FastifyRequest, reply: FastifyReply, payload: string): string {
  const etag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
  void reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization' });
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  if (request.method !== 'GET' || !known.some((one) => one === etag || one === '*')) return payload;
  void reply.code(304).removeHeader('content-type');
  return '';
}

function dispositionOf(fileName: string): string {
  const name = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename*=UTF-8''${name}`;
}

/** The exchange port: what other systems may ask. */
export function mountExchange(mount: Mount, parts: OpenExchangeParts): void {
  const { db, door } = parts;
  mount(openExchangeApi.listResources, async ({ request, query }) =>
    listOpenResources(parts, await door.viewOf(request), query),
  );
  mount(openExchangeApi.getResource, async ({ request, params, query }) =>
    getOpenResource(parts, await door.viewOf(request), { id: params.id, fields: query.fields }),
  );
  mount(openExchangeApi.getAbout, async ({ request }) => tellAbout(db, await door.viewOf(request)));
  mount(openExchangeApi.listContents, async ({ request, query }) =>
    readContents(parts, await door.viewOf(request, partIn(query)), query.ids.split(',')),
  );
  mount(openExchangeApi.getAsset, async ({ request, reply, params }) => {
    const file = await findOpenFile(parts, await door.viewOf(request), params.digest);
    const etag = `"${params.digest}"`;
    void reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization' });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply
      .type(file.mediaType)
      .header('content-length', file.size)
      .header('content-disposition', dispositionOf(file.fileName))
      .send(file.open());
  });
  mount(openExchangeApi.listChanges, async ({ request, query }) =>
    readChanges(db, await door.viewOf(request, partIn(query)), query),
  );
  const baseOf = (request: FastifyRequest): string => parts.url ?? `${request.protocol}://${request.host}`;
  const pageOf = async (
    { request, reply, query }: { request: FastifyRequest; reply: FastifyReply; query: CatalogueQuery },
    path: string,
  ) => {
    const page = await readCataloguePage(parts, await door.viewOf(request), {
      query,
      base: baseOf(request),
      path,
    });
    if (page.next !== undefined) void reply.header('link', `<${page.next}>; rel="next"`);
    return page;
  };
  mount(openExchangeApi.exportDcat, async (call) => {
    const page = await pageOf(call, openExchangeApi.exportDcat.path);
    return call.reply.type('application/ld+json').send(writeDcat(page));
  });
  mount(openExchangeApi.exportCoreMetadata, async (call) => {
    const page = await pageOf(call, openExchangeApi.exportCoreMetadata.path);
    return call.reply.type('text/xml; charset=utf-8').send(writeCoreMetadata(page));
  });
  const harvest = async (request: FastifyRequest, reply: FastifyReply, given: object) => {
    const repository = await findRepository(db);
    const xml = await answerOai(
      {
        ...repository,
        db,
        base: parts.base,
        view: await door.viewOf(request),
        baseUrl: `${baseOf(request)}/v1/oai`,
        now: parts.clock(),
      },
      given as Readonly<Record<string, unknown>>,
    );
    return reply.type('text/xml; charset=utf-8').send(xml);
  };
  mount(openExchangeApi.harvest, ({ request, reply, query }) => harvest(request, reply, query));
  mount(openExchangeApi.harvestByForm, ({ request, reply, body }) => harvest(request, reply, body));
  mount(openExchangeApi.getContext, async ({ reply }) =>
    reply.type('application/ld+json').send(JSON.stringify(openContext)),
  );
  const text = JSON.stringify(describeApi(openExchangeEndpoints, parts.version, description));
  mount(openExchangeApi.getOpenApi, async ({ reply }) => reply.type('application/openapi+json').send(text));
}
