import type { Problem } from '../../contracts/endpoint.ts';

/** What may be wrong with one field of a form, as the server says it. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** A refusal of the server, or of the network on the way to it (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly details: unknown;
  readonly requestId: string | null;

  constructor(problem: Omit<Problem, 'requestId' | 'details'> & { requestId?: string; details?: unknown }) {
    super(problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.details = problem.details;
    this.requestId = problem.requestId ?? null;
  }

  /** Nothing was decided: the same call may well succeed in a moment. */
  get isPassing(): boolean {
    return (
      this.status === 0 ||
      this.status === 429 ||
      this.status === 502 ||
      this.status === 503 ||
      this.status === 504
    );
  }
}

const fallbackTitles: Readonly<Record<number, string>> = {
  0: '网络连接不上，请检查网络后重试。',
  401: '登录已过期，请重新登录。',
  403: '您没有权限进行这项操作。',
  404: '没有找到，可能已被删除或不在您的权限范围内。',
  409: '内容已被他人修改，请刷新后再试。',
  413: '提交的内容太大。',
  429: '操作过于频繁，请稍后再试。',
  503: '系统暂时不可用，请稍后重试。',
};

export function fallbackTitle(status: number): string {
  return fallbackTitles[status] ?? (status >= 500 ? '系统出错，请稍后重试。' : '请求无法处理。');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Reads problem+json; anything else (a proxy's HTML page) becomes a plain sentence. */
export function apiErrorFrom(status: number, body: unknown): ApiError {
  const problem = isRecord(body) ? body : {};
  return new ApiError({
    status,
    code: typeof problem['code'] === 'string' ? problem['code'] : 'internal',
    title: typeof problem['title'] === 'string' ? problem['title'] : fallbackTitle(status),
    details: problem['details'],
    ...(typeof problem['requestId'] === 'string' ? { requestId: problem['requestId'] } : {}),
  });
}

export function networkError(): ApiError {
  return new ApiError({ status: 0, code: 'network', title: fallbackTitle(0) });
}

/** The sentences about single fields that a refusal carries, if it carries any. */
export function fieldProblemsOf(error: unknown): readonly FieldProblem[] {
  if (!(error instanceof ApiError) || !isRecord(error.details)) return [];
  const problems = error.details['problems'];
  if (!Array.isArray(problems)) return [];
  return problems.filter(
    (one: unknown): one is FieldProblem =>
      isRecord(one) && typeof one['field'] === 'string' && typeof one['message'] === 'string',
  );
}

/** What a person is told about any failure. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return error.title;
  return '出现意外情况，请刷新页面后重试。';
}
