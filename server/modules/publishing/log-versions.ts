import type { Provenance } from '../../platform/page-definition.ts';
import type { LogEntry } from '../transparency/index.ts';
import type { IntendedForm } from './page.types.ts';
import { addressKey, type PageInHand } from './plan-batch.ts';

type Form = Pick<IntendedForm, 'site' | 'path' | 'outcome' | 'digest'>;

/** What the log is to say of an address. */
export function logEntryOf(
  { site, path, outcome, digest }: Form,
  shown: Provenance | undefined,
  revision: string | null,
): LogEntry {
  const form = { site, path, outcome, digest };
  if (shown === undefined) return { ...form, resource: null, revision: null, first: null, imported: false };
  const { resource, firstPublishedAt, imported } = shown;
  return { ...form, resource, revision, first: firstPublishedAt, imported };
}

/** Written again, perhaps, but with the bytes that stand in the log already. */
function isLogged(form: IntendedForm, stored: PageInHand['stored']): boolean {
  return (
    stored !== undefined &&
    addressKey(stored) === addressKey(form) &&
    stored.outcome === form.outcome &&
    stored.digest === form.digest
  );
}

/** What a page left behind at its old address shows nothing. */
function provenanceAt(form: IntendedForm, built: PageInHand['built'] | undefined): Provenance | undefined {
  if (built?.outcome !== 'built' || addressKey(built.row) !== addressKey(form)) return undefined;
  return built.provenance;
}

/** What a batch changes at addresses, as the log tells it: what stands there now, or that nothing does. */
export function logEntriesOf(
  pages: ReadonlyMap<string, PageInHand>,
  intended: readonly IntendedForm[],
): readonly LogEntry[] {
  return intended.flatMap((form) => {
    const page = pages.get(form.key);
    if (isLogged(form, page?.stored)) return [];
    const shown = provenanceAt(form, page?.built);
    return [logEntryOf(form, shown, shown?.revision ?? null)];
  });
}
