import { randomUUID } from 'node:crypto';

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

import type { Actor } from '../../contracts/actor.ts';
import type { BodyOf, Endpoint, ParamsOf, Problem, QueryOf, ResponseOf } from '../../contracts/endpoint.ts';
import type { Command, Ctx } from './context.ts';
import { type Db, isDatabaseLost, isTimedOut } from './db.ts';
import { AppError, type ErrorKind } from './errors.ts';
import type { Log } from './log.ts';
import { objectOf, type RequestObject } from './request-object.ts';

export type Http = FastifyInstance;

/** Who is asking, and from where: what the edge knows about one request. */
export interface Caller {
  readonly actor: Actor;
  readonly requestId: string;
  readonly address: string | null;
  readonly sessionId: string | null;
  /** What is asked for, so that a refused read is on record with its object; commands name theirs. */
  readonly about?: RequestObject | undefined;
}

/** A read for somebody: the pool, never a transaction. */
export interface Reader {
  readonly db: Db;
  readonly actor: Actor;
  readonly now: Date;
}

/** What a module's routes are given. */
export interface RouteTools {
  /** Runs one command in a transaction, under its own name, with its audit row. */
  readonly perform: <I, O>(caller: Caller, command: Command<I, O>, input: I) => Promise<O>;
  /** Runs one read; a refusal leaves an audit row too. */
  readonly consult: <O>(caller: Caller, name: string, read: (reader: Reader) => Promise<O>) => Promise<O>;
}

export interface Call<E> {
  readonly caller: Caller;
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type Handler<E> = (call: Call<E>) => Promise<ResponseOf<E> | FastifyReply>;
export type Mount = <E extends Endpoint>(endpoint: E, handler: Handler<E>) => void;
/** A module's contribution: called once with the means to mount its endpoints. */
export type Routes = (mount: Mount, tools: RouteTools) => void;

const statusOf = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
} satisfies Record<ErrorKind, number>;

const refusals: Readonly<Record<number, { code: string; title: string }>> = {
  404: { code: 'request.not-found', title: '没有这个地址。' },
  413: { code: 'request.too-large', title: '提交的内容太大。' },
  429: { code: 'request.too-many', title: '请求过于频繁，请稍后再试。' },
};

/** What the multipart parser says of a form without its boundary or its end; it gives neither code nor status. */
const brokenForm = /^Multipart: |unexpected end of multipart data/i;

export function problemOf(error: FastifyError | AppError): Omit<Problem, 'requestId'> {
  if (error instanceof AppError) {
    return {
      status: statusOf[error.kind],
      code: error.code,
      title: error.message,
      ...(error.details === undefined ? {} : { details: error.details }),
    };
  }
  if (error.validation) {
    return { status: 400, code: 'request.malformed', title: '请求格式不正确。', details: error.validation };
  }
  if (brokenForm.test(error.message)) {
    return { status: 400, code: 'request.malformed', title: '上传的内容不完整，请重试。' };
  }
  const status = error.statusCode;
  if (status !== undefined && status < 500) {
    return { status, ...(refusals[status] ?? { code: 'request.refused', title: '请求无法处理。' }) };
  }
  if (isDatabaseLost(error)) {
    return {
      status: 503,
      code: 'service.unavailable',
      title: '系统暂时不可用，您的内容没有丢失，请稍后重试。',
    };
  }
  if (isTimedOut(error)) {
    return {
      status: 503,
      code: 'service.timeout',
      title: '系统繁忙，这次操作没有完成，您的内容没有丢失，请稍后重试。',
    };
  }
  return { status: 500, code: 'internal', title: '系统内部错误，已记录。' };
}

type Validated = { value: unknown } | { error: Error };

/** PostgreSQL stores neither NUL nor half a surrogate pair. Without recursion: what is deep must not be fatal. */
function isStorable(given: unknown): boolean {
  const waiting = [given];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) return false;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) waiting.push(key, inner);
  }
  return true;
}

/** Bodies are taken as they are; text in the query and the path is converted to what the schema says. */
function compile(schema: TSchema, part: string | undefined): (value: unknown) => Validated {
  const check = Compile(schema);
  return (given) => {
    const converted = part === 'body' ? given : Value.Convert(schema, given ?? {});
    const value = Value.Default(schema, converted);
    if (isStorable(given) && check.Check(value)) return { value };
    const problems = check
      .Errors(value)
      .slice(0, 5)
      .map((one) => ({ path: one.instancePath, message: one.message }));
    return { error: Object.assign(new Error('malformed'), { validation: problems, statusCode: 400 }) };
  };
}

export interface HttpOptions {
  readonly log: Log;
  readonly bodyLimit?: number;
  /** Tests check every answer against its contract. */
  readonly checkResponses?: boolean;
  readonly trustProxy?: boolean;
  /** People reach this server over https, whoever ends it. */
  readonly behindTls?: boolean;
}

/** Strict-Transport-Security: for a year, this host is asked over https only. Other hosts answer for themselves. */
export const strictTransport = 'max-age=31536000';

/** What is answered to a request that failed; what is our fault is logged. */
function answerTo(error: FastifyError | AppError, request: Pick<FastifyRequest, 'id' | 'log'>): Problem {
  const problem = problemOf(error);
  if (problem.status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed');
  return { ...problem, requestId: request.id };
}

export function createHttp(options: HttpOptions): Http {
  const app = Fastify({
    loggerInstance: options.log as never,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit ?? 4 * 1024 * 1024,
    genReqId: () => randomUUID(),
    // One hop: of the addresses in X-Forwarded-For only the last was written by our own proxy.
    trustProxy: options.trustProxy === true ? (_address, hop) => hop === 0 : false,
    // Long enough for a large upload over a slow line.
    requestTimeout: 600_000,
    keepAliveTimeout: 10_000,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded never reaches a route; it is answered like everything else.
    frameworkErrors: (error, request, reply) => {
      const problem = answerTo(error, request);
      const plain = reply as unknown as FastifyReply;
      void plain.code(problem.status).type('application/problem+json').send(problem);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(({ schema, httpPart }) => compile(schema as TSchema, httpPart));
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setErrorHandler<FastifyError | AppError>((error, request, reply) => {
    const problem = answerTo(error, request);
    return reply.code(problem.status).type('application/problem+json').send(problem);
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send({ status: 404, ...refusals[404], requestId: request.id }),
  );
  if (options.behindTls === true) {
    app.addHook('onRequest', async (_request, reply) => {
      void reply.header('strict-transport-security', strictTransport);
    });
  }
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  return app as unknown as Http;
}

/** Finds out who is asking, or throws `unauthenticated`; also where cross-site requests are refused. */
export type Authenticate = (request: FastifyRequest, access: Endpoint['access']) => Promise<Caller>;

/** The one place where an endpoint becomes a route. */
export function createMount(app: Http, authenticate: Authenticate, checkResponses: boolean): Mount {
  return (endpoint, handler) => {
    const check = checkResponses && !endpoint.produces ? Compile(endpoint.response) : undefined;
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      schema: {
        summary: endpoint.summary,
        ...(endpoint.params ? { params: endpoint.params } : {}),
        ...(endpoint.query ? { querystring: endpoint.query } : { querystring: noQuery }),
        ...(endpoint.body ? { body: endpoint.body } : {}),
      },
      // Who is asking comes first: a stranger learns nothing from how a body is refused.
      onRequest: async (request, reply) => {
        // Nothing a session shows may stay in a cache; a route that knows better says so itself.
        void reply.header('cache-control', 'no-store');
        callers.set(request, await authenticate(request, endpoint.access));
      },
      handler: async (request, reply) => {
        const known = callers.get(request);
        if (!known) throw new Error('a route ran without its caller');
        const params = request.params as Readonly<Record<string, unknown>>;
        const query = request.query as Readonly<Record<string, unknown>>;
        const caller: Caller = { ...known, about: objectOf(endpoint.path, params, query) };
        const call = {
          caller,
          params,
          query,
          body: request.body,
          request,
          reply,
        };
        const answer = await handler(call as unknown as Call<typeof endpoint>);
        if (reply.sent || answer === reply) return reply;
        if (check && !check.Check(answer)) {
          throw new Error(
            `${endpoint.method} ${endpoint.path} broke its contract: ${JSON.stringify(check.Errors(answer).slice(0, 3))}`,
          );
        }
        const status = endpoint.status ?? 200;
        return status === 204 ? reply.code(204).send() : reply.code(status).send(answer);
      },
    });
  };
}

const noQuery = { type: 'object', properties: {}, additionalProperties: false } as unknown as TSchema;
const callers = new WeakMap<FastifyRequest, Caller>();

export interface AuditEntry {
  readonly at: Date;
  readonly actor: Actor;
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string | null;
  readonly unitId: string | null;
  readonly result: 'done' | 'refused' | 'failed';
  readonly code: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly address: string | null;
  readonly requestId: string;
}

export interface PerformDependencies {
  readonly db: Db;
  readonly clock: () => Date;
  readonly announceIn: (db: Db, now: Date) => Ctx['announce'];
  /** Appends to the audit record inside the given transaction. */
  readonly record: (db: Db, ...entries: readonly AuditEntry[]) => Promise<void>;
}

/** What the audit record calls a failure; it keeps the codes of refusals, and of faults only what helps to tell them apart. */
function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  return error instanceof Error && isTimedOut(error) ? 'service.timeout' : 'internal';
}

/** perform and consult over one database: transaction, audit row, jobs, commit; a refusal is recorded apart. */
export function createRouteTools(parts: PerformDependencies): RouteTools {
  const refused = async (caller: Caller, action: string, object: Partial<AuditEntry>, error: unknown) => {
    const isRefusal = error instanceof AppError;
    if (isRefusal && error.kind === 'unavailable') return;
    const entry = parts.db.transaction().execute((db) =>
      parts.record(db, {
        at: parts.clock(),
        actor: caller.actor,
        action,
        objectKind: object.objectKind ?? 'request',
        objectId: object.objectId ?? null,
        unitId: object.unitId ?? caller.actor.unitId,
        result: isRefusal ? 'refused' : 'failed',
        code: codeOf(error),
        details: object.details ?? {},
        address: caller.address,
        requestId: caller.requestId,
      }),
    );
    // A failure is told even when it cannot be recorded: the database itself may be what failed.
    await (isRefusal ? entry : entry.catch(() => undefined));
  };
  return {
    perform: async (caller, command, input) => {
      const now = parts.clock();
      try {
        return await parts.db.transaction().execute(async (db) => {
          const ctx: Ctx = {
            db,
            actor: caller.actor,
            now,
            requestId: caller.requestId,
            address: caller.address,
            announce: parts.announceIn(db, now),
          };
          const result = await command.run(ctx, input);
          const entries = [command.actedOn(input, result)].flat().map((on) => ({
            at: now,
            actor: caller.actor,
            action: command.name,
            objectKind: on.kind,
            objectId: on.id,
            unitId: on.unitId ?? caller.actor.unitId,
            result: 'done' as const,
            code: null,
            details: on.details ?? {},
            address: caller.address,
            requestId: caller.requestId,
          }));
          // Last before the commit: the audit chain's head is locked for as short as can be.
          await parts.record(db, ...entries);
          return result;
        });
      } catch (error) {
        const [on] = [command.actedOn(input, undefined)].flat();
        const object = on ? { objectKind: on.kind, objectId: on.id, details: on.details ?? {} } : {};
        await refused(caller, command.name, object, error);
        throw error;
      }
    },
    consult: async (caller, name, read) => {
      try {
        return await read({ db: parts.db, actor: caller.actor, now: parts.clock() });
      } catch (error) {
        const { about } = caller;
        await refused(caller, name, about ? { objectKind: about.kind, objectId: about.id } : {}, error);
        throw error;
      }
    },
  };
}
