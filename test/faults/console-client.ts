import { setTimeout as sleep } from 'node:timers/promises';

/** What came back; `lost` when nobody knows whether the server acted: no answer, or 503. */
export type Answer =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly outcome: 'lost' };

export interface Person {
  readonly login: string;
  /** What they sign with. */
  readonly password: string;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Asks until there is an answer. */
  readonly read: <T>(path: string) => Promise<T>;
}

const patience = 12_000;

interface Session {
  cookie: string;
  csrf: string;
}

async function send(address: string, init: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(address, { ...init, signal: AbortSignal.timeout(patience) });
  } catch {
    return undefined;
  }
}

async function answerOf(response: Response | undefined): Promise<Answer> {
  if (response === undefined || response.status === 503) {
    await response?.body?.cancel().catch(() => undefined);
    return { outcome: 'lost' };
  }
  try {
    const text = await response.text();
    return { outcome: 'answered', status: response.status, body: text === '' ? null : JSON.parse(text) };
  } catch {
    // Cut off in the middle of the answer.
    return { outcome: 'lost' };
  }
}

/** A person at the console, signed in as soon as the server lets them. */
export async function aPerson(
  base: string,
  account: { readonly login: string; readonly password: string },
): Promise<Person> {
  const session: Session = { cookie: '', csrf: '' };
  const call: Person['call'] = async (method, path, body) => {
    const isForm = body instanceof FormData;
    return answerOf(
      await send(`${base}${path}`, {
        method,
        headers: {
          cookie: session.cookie,
          'x-csrf-token': session.csrf,
          ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      }),
    );
  };
  for (;;) {
    const response = await send(`${base}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: account.login, password: account.password }),
    });
    const answer = await answerOf(response);
    if (response !== undefined && answer.outcome === 'answered') {
      if (answer.status !== 201)
        throw new Error(`${account.login} cannot sign in: ${JSON.stringify(answer)}`);
      session.cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
      session.csrf = (answer.body as { csrfToken: string }).csrfToken;
      break;
    }
    await sleep(200);
  }
  return {
    login: account.login,
    password: account.password,
    call,
    async read<T>(path: string): Promise<T> {
      for (;;) {
        const answer = await call('GET', path);
        if (answer.outcome === 'answered') {
          if (answer.status === 200) return answer.body as T;
          throw new Error(`GET ${path}: ${JSON.stringify(answer)}`);
        }
        await sleep(150);
      }
    },
  };
}
