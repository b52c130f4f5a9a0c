import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResponseOf } from '../../contracts/endpoint.ts';
import { type ApiError, apiErrorFrom, networkError } from './api-error.ts';

type Part<Key extends string, T> = unknown extends T
  ? { readonly [K in Key]?: never }
  : { readonly [K in Key]: T };
type OptionalPart<Key extends string, T> = unknown extends T
  ? { readonly [K in Key]?: never }
  : { readonly [K in Key]?: T };
/** Exactly what an endpoint asks for; an endpoint without params takes none. */
export type CallInput<E> = Part<'params', ParamsOf<E>> &
  OptionalPart<'query', QueryOf<E>> &
  Part<'body', BodyOf<E>> & { readonly signal?: AbortSignal };
type InputArguments<E> = object extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>];

export interface Upload {
  readonly params?: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: File;
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

export interface Client {
  call<E extends Endpoint>(endpoint: E, ...input: InputArguments<E>): Promise<ResponseOf<E>>;
  upload<E extends Endpoint>(endpoint: E, upload: Upload): Promise<ResponseOf<E>>;
}

/** What the client needs from whoever keeps the session. */
export interface SessionHooks {
  readonly csrfToken: () => string | null;
  /** The session is gone; the screen stays, a sign-in dialog comes on top. */
  readonly expired: () => void;
  readonly mustChangePassword: () => void;
  /** Another tab signed in anew: fetches the token again; false when that did not help. */
  readonly refreshToken: () => Promise<boolean>;
}

export interface Transport {
  readonly fetch: typeof globalThis.fetch;
  readonly createRequest: () => XMLHttpRequest;
}

interface LooseInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Fills `:name` in a path and appends the query, leaving out what is absent. */
export function addressOf(path: string, input: LooseInput = {}): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name])),
  );
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

const sessionGone = new Set(['identity.session-missing', 'identity.session-expired']);

function announce(error: ApiError, hooks: SessionHooks): void {
  if (error.status === 401 && sessionGone.has(error.code)) hooks.expired();
  if (error.code === 'identity.password-change-required') hooks.mustChangePassword();
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null; // A proxy's HTML page; the status alone decides what to say.
  }
}

export function createClient(hooks: SessionHooks, transport: Transport): Client {
  const headersOf = (endpoint: Endpoint): Record<string, string> => {
    const token = hooks.csrfToken();
    return {
      accept: 'application/json',
      ...(endpoint.method !== 'GET' && token !== null ? { 'x-csrf-token': token } : {}),
    };
  };

  const send = async (endpoint: Endpoint, input: LooseInput): Promise<Response> => {
    const hasBody = input.body !== undefined;
    try {
      return await transport.fetch(addressOf(endpoint.path, input), {
        method: endpoint.method,
        credentials: 'same-origin',
        headers: { ...headersOf(endpoint), ...(hasBody ? { 'content-type': 'application/json' } : {}) },
        ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
        ...(input.signal ? { signal: input.signal } : {}),
      });
    } catch (error) {
      if (input.signal?.aborted === true) throw error;
      throw networkError();
    }
  };

  const perform = async (endpoint: Endpoint, input: LooseInput, mayRefresh: boolean): Promise<unknown> => {
    const response = await send(endpoint, input);
    const body = await readJson(response);
    if (response.ok) return body;
    const error = apiErrorFrom(response.status, body);
    if (mayRefresh && error.code === 'identity.csrf-token-wrong' && (await hooks.refreshToken())) {
      return perform(endpoint, input, false);
    }
    announce(error, hooks);
    throw error;
  };

  const upload = (
    endpoint: Endpoint,
    { params = {}, fields, file, onProgress, signal }: Upload,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      // fetch cannot report how far an upload is.
      const request = transport.createRequest();
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', file, file.name);
      request.open(endpoint.method, addressOf(endpoint.path, { params }));
      for (const [name, value] of Object.entries(headersOf(endpoint))) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) onProgress?.(event.loaded / event.total);
      };
      request.onerror = () => {
        reject(networkError());
      };
      request.onabort = () => {
        reject(new DOMException('aborted', 'AbortError'));
      };
      request.onload = () => {
        const body = parse(request.responseText);
        if (request.status >= 200 && request.status < 300) {
          resolve(body);
          return;
        }
        const error = apiErrorFrom(request.status, body);
        announce(error, hooks);
        reject(error);
      };
      signal?.addEventListener('abort', () => {
        request.abort();
      });
      request.send(form);
    });

  return {
    call: ((endpoint: Endpoint, input: LooseInput = {}) =>
      perform(endpoint, input, true)) as unknown as Client['call'],
    upload: upload as unknown as Client['upload'],
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
