import type { IncomingMessage } from 'node:http';

import { FORM_SHELL_PATH } from '../templates/index.ts';
import { createTools, openRequestDb, type Parts } from './app.ts';
import { dynamicPaths } from './dynamic-paths.ts';
import { createLogAnswers } from './log-answers.ts';
import { createKeyedDigest } from './modules/interaction/index.ts';
import {
  createPageProof,
  createPageServer,
  createRedirectTable,
  loadPageKey,
  openPageReader,
  type PageServer,
  restorePage,
  sendPlain,
} from './modules/publishing/index.ts';
import { openSearchIndex } from './modules/search/index.ts';
import { homeUrlOf, leavingShellPath } from './modules/sites/index.ts';
import { addressOf, createAddressLimit } from './platform/address-limit.ts';
import { strictTransport } from './platform/http.ts';
import { createPublicForms } from './public-forms.ts';
import { answerLeavingPage } from './leaving-page.ts';
import { answerQrCode } from './qr-page.ts';
import { answerSearchPage, createShellReader } from './search-page.ts';
import { layOutStaticFiles } from './static-files.ts';

export interface PublicSide {
  readonly pages: PageServer;
  stop(): Promise<void>;
}

/** Questions a second from one address. */
const usualPublicRate = 10;
const isDynamic = (path: string): boolean => dynamicPaths.some((one) => one === path);

/** Whoever asks for more than a person can read is told to wait, before anything is looked up for them. */
function createCallLimit({ options }: Parts): (request: IncomingMessage) => boolean {
  const rate = options.publicRate ?? usualPublicRate;
  const mayAct = createAddressLimit({ rate, burst: rate * 2 });
  return (request) => mayAct(addressOf(request, options.trustProxy ?? false), performance.now());
}

/**
 * The public port: files first, and the search answered from its index. Neither needs the database; what citizens send
 * does.
 */
export async function createPublicSide(parts: Parts, defaultSite: string | undefined): Promise<PublicSide> {
  const { log, templatesDirectory, dataDirectory } = parts.options;
  const key = await loadPageKey(parts.keyFile);
  const db = openRequestDb(parts.options, 'jiyue-public');
  const proof = createPageProof(db);
  const index = openSearchIndex({ directory: parts.searchDirectory, log });
  const reader = await openPageReader(parts.pagePlace);
  const source = { reader, key, proof };
  const readShell = createShellReader(source);
  const answerForm = createPublicForms({
    db,
    log,
    source,
    tools: createTools(db, parts.bus, parts.options.clock),
    digest: createKeyedDigest(key),
    readShell: createShellReader(source, FORM_SHELL_PATH),
    homeOf: (domain) => homeUrlOf(parts.options.base, domain),
    trustProxy: parts.options.trustProxy ?? false,
  });
  const answerLog = createLogAnswers({ db, directory: parts.logDirectory });
  const readLeavingShell = createShellReader(source, leavingShellPath);
  const mayCall = createCallLimit(parts);
  const pages = await createPageServer({
    reader,
    staticDirectory: await layOutStaticFiles(templatesDirectory, dataDirectory),
    key,
    proof,
    findRedirect: createRedirectTable(db),
    ...(defaultSite === undefined ? {} : { defaultSite }),
    onTampered: (site, path) => {
      void restorePage({ db }, site, path).catch((error: unknown) => {
        log.error({ err: error, site, path }, 'a damaged page could not be marked for repair');
      });
    },
    dynamicPaths,
    dynamic: async (request, response, site) => {
      const url = new URL(request.url ?? '/', 'http://site');
      const question = { request, response, site, url };
      if (!isDynamic(url.pathname)) return answerLog(question);
      // What somebody has typed is not thrown away here: forms count their senders themselves.
      if (request.method !== 'POST' && !mayCall(request)) {
        sendPlain(response, 429);
        return true;
      }
      switch (url.pathname) {
        case '/search':
          return answerSearchPage(question, index, readShell);
        case '/leaving':
          return answerLeavingPage(question, readLeavingShell);
        case '/qr.svg':
          return answerQrCode({ request, response, scheme: parts.options.base.scheme, url });
        default:
          return (await answerLog(question)) || answerForm(question);
      }
    },
    ...(parts.options.base.scheme === 'https'
      ? { extraHeaders: ['Strict-Transport-Security', strictTransport] }
      : {}),
    ...(parts.options.pageCacheBytes === undefined
      ? {}
      : { limits: { cacheBytes: parts.options.pageCacheBytes } }),
    log,
  });
  return {
    pages,
    stop: async () => {
      await pages.close();
      await index.close();
      await db.destroy();
    },
  };
}
