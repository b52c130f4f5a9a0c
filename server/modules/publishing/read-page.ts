import { fileNameOf } from './page-path.ts';
import type { PageReader, StoredForm } from './page-reader.ts';

export interface FoundPage extends StoredForm {
  /** The form that lies at the address. */
  readonly form: 'content' | 'moved' | 'gone';
  readonly name: string;
}

/** What lies at an address: the page, else its redirect, else the note that it was withdrawn. */
export async function readPage(
  reader: PageReader,
  site: string,
  path: string,
): Promise<FoundPage | undefined> {
  const base = fileNameOf(path);
  for (const form of ['content', 'moved', 'gone'] as const) {
    const name = form === 'content' ? base : `${base}.${form}`;
    const found = await reader.read(site, name);
    if (found) return { form, name, ...found };
  }
  return undefined;
}
