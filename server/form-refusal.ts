import type { FormProblems } from '../templates/index.ts';
import type { FormExchange } from './form-reply.ts';
import { isDatabaseLost, isTimedOut } from './platform/db.ts';
import { AppError } from './platform/errors.ts';
import type { Log } from './platform/log.ts';
import type { FormRefusal } from './platform/public-form.ts';

/** Why a form was not taken: a status, a stable code, and words for the one who filled it in. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
  /** What is wrong field by field. */
  readonly problems?: FormProblems;
}

export const unreadable: Readonly<Record<FormRefusal, Refusal>> = {
  malformed: { status: 400, code: 'request.malformed', sentence: '提交的内容格式不正确，请从本页重新填写。' },
  'too-large': { status: 413, code: 'request.too-large', sentence: '提交的内容太多，请精简后再提交。' },
  'wrong-type': {
    status: 415,
    code: 'request.refused',
    sentence: '提交的内容格式不正确，请从本页重新填写。',
  },
  'cross-site': { status: 403, code: 'request.refused', sentence: '请从本网站的页面提交。' },
};

export const tooMany: Refusal = {
  status: 429,
  code: 'request.too-many',
  sentence: '提交得太快了。您填写的内容都在，请过一分钟再试。',
};

const away: Refusal = {
  status: 503,
  code: 'service.unavailable',
  sentence: '现在暂时不能在线提交。您填写的内容都在，请稍后再试，或者用下面的电话联系我们。',
};

const fault: Refusal = {
  status: 500,
  code: 'internal',
  sentence: '系统出错，没有提交成功。您填写的内容都在，请稍后再试，或者用下面的电话联系我们。',
};

export function incomplete(problems: FormProblems): Refusal {
  return {
    status: 422,
    code: 'interaction.form-incomplete',
    sentence: Object.values(problems).join('；'),
    problems,
  };
}

/** What a failed act means for the citizen. Of a fault the log gets the words, never the row: that holds the contact. */
export function refusalOf(
  error: unknown,
  { site, url }: Pick<FormExchange, 'site' | 'url'>,
  log: Log,
): Refusal {
  if (error instanceof AppError) return refusalOfApp(error);
  if (!(error instanceof Error)) throw error;
  const isAway = isDatabaseLost(error) || isTimedOut(error);
  const { code } = error as { code?: unknown };
  const fields = { site, route: url.pathname, problem: error.message, code };
  if (isAway) log.warn(fields, 'a form could not be kept: the database is away');
  else log.error({ ...fields, stack: error.stack }, 'a form could not be kept');
  return isAway ? away : fault;
}

function refusalOfApp({ kind, code, message }: AppError): Refusal {
  if (code === 'interaction.page-unknown') {
    return { status: 422, code, sentence: message, problems: { page: message } };
  }
  if (code === 'interaction.too-many-today') return { status: 429, code, sentence: message };
  return { status: kind === 'unavailable' ? 503 : 422, code, sentence: message };
}
