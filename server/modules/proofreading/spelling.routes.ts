import { proofreadingApi } from '../../../contracts/proofreading.ts';
import type { Routes } from '../../platform/http.ts';
import { addKnownWords, readSpelling, removeKnownWord } from './keep-known-words.ts';

export const spellingRoutes: Routes = (mount, { perform, consult }) => {
  mount(proofreadingApi.getSpelling, ({ caller }) =>
    consult(caller, 'proofreading.get-spelling', readSpelling),
  );
  mount(proofreadingApi.addKnownWords, ({ caller, body }) => perform(caller, addKnownWords, body));
  mount(proofreadingApi.removeKnownWord, ({ caller, params }) => perform(caller, removeKnownWord, params));
};
