import type { NewTerm, Term, TermReference } from '../../contracts/vocabulary.ts';
import { referenceTo } from '../../contracts/vocabulary.ts';
import { addTerm } from '../../server/modules/vocabulary/index.ts';
import type { Db } from '../../server/platform/db.ts';
import { systemActor } from '../../server/platform/context.ts';
import { performAs } from './library.ts';

let made = 0;

/** A term that nothing is classified by yet. */
export async function aTerm(
  db: Db,
  part: Partial<NewTerm> = {},
): Promise<Term & { readonly reference: TermReference }> {
  made += 1;
  const term = await performAs({ db }, systemActor('test'))(addTerm, {
    vocabulary: 'topic',
    code: `t${made}`,
    label: `词${made}`,
    synonyms: [],
    parent: null,
    validFrom: null,
    ...part,
  });
  return { ...term, reference: referenceTo(term.vocabulary, term.code) };
}
