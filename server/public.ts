import { FORM_SHELL_PATH } from '../templates/index.ts';
import { createTools, openRequestDb, type Parts } from './app.ts';
import { createLogAnswers } from './log-answers.ts';
import { createKeyedDigest } from './modules/interaction/index.ts';
import {
  createPageProof,
  createPageServer,
  createRedirectTable,
  loadPageKey,
  type PageServer,
  restorePage,
} from './modules/publishing/index.ts';
import { openSearchIndex } from './modules/search/index.ts';
import { homeUrlOf, leavingShellPath } from './modules/sites/index.ts';
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
  const source = { directory: parts.pagesDirectory, key, proof };
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
  const pages = await createPageServer({
    pagesDirectory: parts.pagesDirectory,
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
    dynamic: async (request, response, site) => {
      const url = new URL(request.url ?? '/', 'http://site');
      const question = { request, response, site, url };
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
    log,
  });
  if (parts.options.base.scheme === 'https') {
    // Before the page server's own listener, which sends headers that were made beforehand.
    pages.server.prependListener('request', (_request, response) => {
      response.setHeader('Strict-Transport-Security', strictTransport);
    });
  }
  return {
    pages,
    stop: async () => {
      await pages.close();
      await index.close();
      await db.destroy();
    },
  };
}
