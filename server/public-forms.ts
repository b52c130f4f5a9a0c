import {
  CORRECTION_FORM_PATH,
  CORRECTION_STATUS_PATH,
  type CorrectionAnswerProps,
  CORRECTIONS_PATH,
  FEEDBACK_PATH,
  FEEDBACK_THANKS_PATH,
  type FormPage,
  renderCorrectionForm,
  renderCorrectionStatus,
  renderFeedbackForm,
  renderFeedbackThanks,
  type SubjectPage,
} from '../templates/index.ts';
import { incomplete, type Refusal, refusalOf, tooMany, unreadable } from './form-refusal.ts';
import { type FormExchange, sendFormPage, sendJson, sendSeeOther } from './form-reply.ts';
import {
  checkCorrection,
  checkRating,
  type CitizensAnswer,
  correctionFields,
  findAnswer,
  type FormFields,
  type KeyedDigest,
  pageUnknown,
  ratePage,
  ratingFields,
  reportCorrection,
  spellCode,
  trapField,
} from './modules/interaction/index.ts';
import { allSites, responsibleUnitAt } from './modules/sites/index.ts';
import { senderOf } from './platform/address-limit.ts';
import { anonymous } from './platform/context.ts';
import type { Db } from './platform/db.ts';
import type { Caller, RouteTools } from './platform/http.ts';
import type { Log } from './platform/log.ts';
import { readForm, wantsJson } from './platform/public-form.ts';
import { createTokenBucket } from './platform/token-bucket.ts';
import type { PageSource } from './subject-page.ts';
import { isPublicPage, pathOfAddress } from './subject-page.ts';
import type { ReadShell, SearchQuestion } from './search-page.ts';

export interface FormParts {
  readonly db: Db;
  readonly log: Log;
  readonly tools: RouteTools;
  readonly source: PageSource;
  readonly digest: KeyedDigest;
  readonly readShell: ReadShell;
  readonly homeOf: (domain: string) => string;
  readonly trustProxy: boolean;
}

/** Answers what citizens send from the pages; false when it is about something else. */
export type AnswerForm = (question: SearchQuestion) => Promise<boolean>;

/**
 * What one sender may do: write ten at once and then one every ten seconds; try codes, of which there are too many to
 * be guessed anyway; open forms, which costs least.
 */
const allowances = {
  write: { burst: 10, every: 10_000 },
  ask: { burst: 20, every: 3_000 },
  look: { burst: 300, every: 100 },
} as const;

type Handle = (exchange: FormExchange) => Promise<void>;

export function createPublicForms(parts: FormParts): AnswerForm {
  const forms = createHandlers(parts);
  const routes: Readonly<Record<string, Handle>> = {
    [`GET ${CORRECTION_FORM_PATH}`]: forms.showCorrectionForm,
    [`POST ${CORRECTIONS_PATH}`]: forms.takeCorrection,
    [`GET ${CORRECTION_STATUS_PATH}`]: forms.showStatus,
    [`POST ${CORRECTION_STATUS_PATH}`]: forms.takeCode,
    [`POST ${FEEDBACK_PATH}`]: forms.takeRating,
    [`GET ${FEEDBACK_THANKS_PATH}`]: forms.thank,
  };
  return async (question) => {
    const { request, url, site } = question;
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const route = `${method} ${url.pathname}`;
    const handle = Object.hasOwn(routes, route) ? routes[route] : undefined;
    if (!handle) return false;
    // A site that is away has no such page: nothing of it can be reported now.
    const shell = await parts.readShell(site);
    if (shell === undefined) return false;
    await handle({ ...question, shell });
    return true;
  };
}

function createHandlers(parts: FormParts) {
  const { db, log, tools, digest } = parts;
  const brakes = {
    write: createTokenBucket(allowances.write),
    ask: createTokenBucket(allowances.ask),
    look: createTokenBucket(allowances.look),
  };
  const report = reportCorrection(digest);
  const rate = ratePage(digest);
  const caller: Caller = {
    actor: { ...anonymous, name: '公众' },
    requestId: 'public',
    // Who wrote is nobody's business; that it was written is on record.
    address: null,
    sessionId: null,
  };
  const sender = (exchange: FormExchange): string => senderOf(exchange.request, parts.trustProxy);
  const admits = (exchange: FormExchange, brake: keyof typeof brakes): boolean =>
    brakes[brake].take(sender(exchange), performance.now());

  async function pathOf(exchange: FormExchange, fields: FormFields): Promise<string> {
    const path = pathOfAddress(fields.get('page') ?? '', exchange.request.headers.host);
    if (path !== undefined && (await isPublicPage(parts.source, exchange.site, path))) return path;
    throw pageUnknown();
  }

  /** What the form says of the page it is about. */
  async function subjectOf(exchange: FormExchange, address: string): Promise<SubjectPage | undefined> {
    const path = pathOfAddress(address, exchange.request.headers.host);
    if (path === undefined || !(await isPublicPage(parts.source, exchange.site, path))) return undefined;
    return { path, name: (await responsibleUnitAt(db, exchange.site, path))?.name };
  }

  async function answerOf({ site }: FormExchange, code: string): Promise<CorrectionAnswerProps | undefined> {
    const found = await findAnswer(db, code);
    return found && { ...found, page: { name: found.pageName, url: await addressFrom(site, found) } };
  }

  /** An answer may be read on any site of the district. */
  async function addressFrom(site: string, { siteId, path }: CitizensAnswer): Promise<string> {
    if (site === siteId) return path;
    const [domain] = (await allSites(db)).find((one) => one.id === siteId)?.domains ?? [];
    return domain === undefined ? '/' : parts.homeOf(domain) + path.slice(1);
  }

  /** Runs the act; the form comes back with everything in it when it is not taken. */
  async function take(
    exchange: FormExchange,
    allowed: readonly string[],
    form: {
      readonly act: (fields: FormFields) => Promise<Refusal | undefined>;
      readonly again: (values: Readonly<Record<string, string>>, refusal: Refusal) => FormPage;
    },
  ): Promise<void> {
    const read = await readForm(exchange.request, allowed);
    const fields: FormFields = read.outcome === 'read' ? read.fields : new Map();
    let refusal: Refusal | undefined;
    if (read.outcome !== 'read') refusal = unreadable[read.outcome];
    else if (!admits(exchange, 'write')) refusal = tooMany;
    else {
      refusal = await form.act(fields).catch((error: unknown) => refusalOf(error, exchange, log));
    }
    if (refusal === undefined) return;
    const { status, code, sentence, problems } = refusal;
    if (wantsJson(exchange.request)) {
      sendJson(exchange, status, { status, code, title: sentence, ...(problems && { details: problems }) });
      return;
    }
    const values = Object.fromEntries([...fields].filter(([name]) => name !== trapField));
    sendFormPage(exchange, status, form.again(values, refusal));
  }

  const noticeOf = ({ problems, sentence }: Refusal) => (problems ? { problems } : { notice: sentence });

  return {
    showCorrectionForm: async (exchange: FormExchange): Promise<void> => {
      const address = exchange.url.searchParams.get('page') ?? '';
      const empty = { values: { page: address.slice(0, 2000) } };
      if (!admits(exchange, 'look')) {
        sendFormPage(exchange, 429, renderCorrectionForm({ ...empty, notice: tooMany.sentence }));
        return;
      }
      try {
        const page = address === '' ? undefined : await subjectOf(exchange, address);
        // Without a page to look up the database is asked as well: a form that cannot be sent must say so.
        if (page === undefined) await responsibleUnitAt(db, '0', '/');
        sendFormPage(exchange, 200, renderCorrectionForm({ ...empty, page }));
      } catch (error) {
        const { status, sentence } = refusalOf(error, exchange, log);
        const path = pathOfAddress(address, exchange.request.headers.host);
        const page = path === undefined ? undefined : { path };
        sendFormPage(exchange, status, renderCorrectionForm({ ...empty, page, notice: sentence }));
      }
    },

    takeCorrection: (exchange: FormExchange): Promise<void> =>
      take(exchange, correctionFields, {
        act: async (fields) => {
          const checked = checkCorrection(fields);
          if ('problems' in checked) return incomplete(checked.problems);
          const path = await pathOf(exchange, fields);
          const { code } = await tools.perform(caller, report, {
            siteId: exchange.site,
            path,
            form: checked.value,
            sender: sender(exchange),
          });
          if (wantsJson(exchange.request)) {
            sendJson(exchange, 201, { message: '已经收到，谢谢您。', code: spellCode(code) });
          } else sendSeeOther(exchange, `${CORRECTION_STATUS_PATH}?code=${spellCode(code)}&sent=1`);
          return undefined;
        },
        again: (values, refusal) => {
          const path = pathOfAddress(values['page'] ?? '', exchange.request.headers.host);
          const page = path === undefined ? undefined : { path };
          return renderCorrectionForm({ values, page, ...noticeOf(refusal) });
        },
      }),

    takeRating: (exchange: FormExchange): Promise<void> =>
      take(exchange, ratingFields, {
        act: async (fields) => {
          const checked = checkRating(fields);
          if ('problems' in checked) return incomplete(checked.problems);
          const path = await pathOf(exchange, fields);
          await tools.perform(caller, rate, {
            siteId: exchange.site,
            path,
            form: checked.value,
            sender: sender(exchange),
          });
          if (wantsJson(exchange.request)) sendJson(exchange, 201, { message: '谢谢您的反馈。' });
          else sendSeeOther(exchange, `${FEEDBACK_THANKS_PATH}?page=${encodeURIComponent(path)}`);
          return undefined;
        },
        again: (values, refusal) => renderFeedbackForm({ values, ...noticeOf(refusal) }),
      }),

    thank: (exchange: FormExchange): Promise<void> => {
      const page = exchange.url.searchParams.get('page') ?? '';
      sendFormPage(exchange, 200, renderFeedbackThanks(pathOfAddress(page, exchange.request.headers.host)));
      return Promise.resolve();
    },

    showStatus: async (exchange: FormExchange): Promise<void> => {
      const { searchParams } = exchange.url;
      const code = searchParams.get('code') ?? '';
      if (code === '') sendFormPage(exchange, 200, renderCorrectionStatus({ code }));
      else await sendStatus(exchange, code.slice(0, 40), searchParams.get('sent') === '1');
    },

    takeCode: async (exchange: FormExchange): Promise<void> => {
      const read = await readForm(exchange.request, ['code']);
      if (read.outcome === 'read') {
        await sendStatus(exchange, read.fields.get('code')?.slice(0, 40) ?? '', false);
        return;
      }
      const { status, sentence } = unreadable[read.outcome];
      sendFormPage(exchange, status, renderCorrectionStatus({ code: '', problem: sentence }));
    },
  };

  async function sendStatus(exchange: FormExchange, code: string, sent: boolean): Promise<void> {
    let [status, problem] = [429, tooMany.sentence];
    if (admits(exchange, 'ask')) {
      try {
        const answer = await answerOf(exchange, code);
        if (answer) {
          sendFormPage(exchange, 200, renderCorrectionStatus({ code, answer, sent }));
          return;
        }
        [status, problem] = [404, '没有找到这个查询码，请检查是否写错'];
      } catch (error) {
        refusalOf(error, exchange, log);
        [status, problem] = [503, '现在暂时查不到，请稍后再试，或者用下面的电话联系我们。'];
      }
    }
    sendFormPage(exchange, status, renderCorrectionStatus({ code, problem }));
  }
}
