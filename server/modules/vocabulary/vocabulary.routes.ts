import { vocabularyApi } from '../../../contracts/vocabulary.ts';
import { dispositionOf } from '../../platform/documents/sheet-file.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { exportTerms, importTerms } from './exchange-terms.ts';
import { addTerm, changeTerm, endTerm } from './keep-terms.ts';
import { requireTermKeeper } from './term.policy.ts';
import { changesOfTerm, termById, termsOf } from './term.queries.ts';

const mostChanges = 200;

async function listChanges(reader: Reader, id: string) {
  requireTermKeeper(reader.actor);
  if (!(await termById(reader.db, id))) {
    throw new AppError('not-found', 'vocabulary.term-not-found', '没有这个词。');
  }
  return (await changesOfTerm(reader.db, id, mostChanges)).map(({ state, at, ...change }) => ({
    ...change,
    ...state,
    at: at.toISOString(),
  }));
}

/** Everybody who works here may read the words; only operators keep them. */
export const vocabularyRoutes: Routes = (mount, { perform, consult }) => {
  mount(vocabularyApi.listTerms, ({ caller, query }) =>
    consult(caller, 'vocabulary.list-terms', async ({ db }) => [...(await termsOf(db, query.vocabulary))]),
  );
  mount(vocabularyApi.exportTerms, async ({ caller, query, reply }) => {
    const file = await consult(caller, 'vocabulary.export-terms', (reader) =>
      exportTerms(reader, query.vocabulary),
    );
    return reply.type(file.mediaType).header('content-disposition', dispositionOf(file)).send(file.content);
  });
  mount(vocabularyApi.importTerms, ({ caller, body }) => perform(caller, importTerms, body));
  mount(vocabularyApi.addTerm, ({ caller, body }) => perform(caller, addTerm, body));
  mount(vocabularyApi.changeTerm, ({ caller, params, body }) =>
    perform(caller, changeTerm, { ...body, id: params.id }),
  );
  mount(vocabularyApi.endTerm, ({ caller, params, body }) =>
    perform(caller, endTerm, { ...body, id: params.id }),
  );
  mount(vocabularyApi.listTermChanges, ({ caller, params }) =>
    consult(caller, 'vocabulary.list-term-changes', (reader) => listChanges(reader, params.id)),
  );
};
