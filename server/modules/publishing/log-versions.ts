import type { LogEntry } from '../transparency/index.ts';
import type { IntendedForm } from './page.types.ts';
import { addressKey, type PageInHand } from './plan-batch.ts';

/** Written again, perhaps, but with the bytes that stand in the log already. */
function isLogged(form: IntendedForm, { stored }: PageInHand): boolean {
  return (
    stored !== undefined &&
    addressKey(stored) === addressKey(form) &&
    stored.outcome === form.outcome &&
    stored.digest === form.digest
  );
}

/** What a batch changes at addresses, as the log tells it: what stands there now, or that nothing does. */
export function logEntriesOf(
  pages: ReadonlyMap<string, PageInHand>,
  intended: readonly IntendedForm[],
): readonly LogEntry[] {
  return intended.flatMap((form): LogEntry[] => {
    const page = pages.get(form.key);
    if (page !== undefined && isLogged(form, page)) return [];
    const { site, path, outcome, digest } = form;
    const built = page?.built.outcome === 'built' ? page.built : undefined;
    // What a page left behind at its old address shows nothing.
    const shown = built && addressKey(built.row) === addressKey(form) ? built.provenance : undefined;
    return [
      {
        site,
        path,
        outcome,
        digest,
        resource: shown?.resource ?? null,
        revision: shown?.revision ?? null,
        first: shown?.firstPublishedAt ?? null,
        imported: shown?.imported ?? false,
      },
    ];
  });
}
