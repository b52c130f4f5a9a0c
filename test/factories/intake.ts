import type { Import } from '../../contracts/intake.ts';
import { type ImportTurn, type ImportWorkParts, runImports } from '../../server/modules/intake/index.ts';
import type { Http } from '../../server/platform/http.ts';
import { createDocumentConverter } from '../../server/platform/documents/document-converter.ts';
import { formOf } from '../form-data.ts';
import type { TestSystem } from '../system.ts';

export type Headers = Readonly<Record<string, string>>;

/** Sends a file as the console does. */
export function sendFile(
  app: Http,
  headers: Headers,
  fields: Readonly<Record<string, string>>,
  file: { readonly name: string; readonly bytes: Buffer | string },
) {
  const form = formOf(fields, file);
  return app.inject({
    method: 'POST',
    url: '/api/imports',
    headers: { ...headers, ...form.headers },
    payload: form.payload,
  });
}

/** The worker's part, done until nothing waits. */
export async function workOff(system: TestSystem, wishes: Partial<ImportWorkParts> = {}): Promise<void> {
  const { db, assets, options, performAsSystem } = system.parts;
  const converter = createDocumentConverter();
  const { clock, log, uploadBytes } = options;
  const signal = new AbortController().signal;
  const parts = { ...{ db, assets, clock, log, uploadBytes, performAsSystem }, converter, signal, ...wishes };
  try {
    for (const turn of ['inspect', 'work'] satisfies ImportTurn[]) while (await runImports(parts, turn));
  } finally {
    converter.stop();
  }
}

/** What the person at the console does with one import. */
export function importActs(app: Http, headers: Headers, id: string) {
  const get = async (): Promise<Import> =>
    (await app.inject({ url: `/api/imports/${id}`, headers })).json<Import>();
  const act = async (what: 'check' | 'run' | 'cancel'): Promise<Import> => {
    const { version } = await get();
    const answer = await app.inject({
      method: 'POST',
      url: `/api/imports/${id}/${what}`,
      headers,
      payload: { expectedVersion: version },
    });
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return answer.json<Import>();
  };
  return { get, act };
}
