import { spellingApi } from '../../../contracts/spelling.ts';
import type { Routes } from '../../platform/http.ts';
import { addKnownWords, readSpelling, removeKnownWord } from './keep-known-words.ts';

export const spellingRoutes: Routes = (mount, { perform, consult }) => {
  mount(spellingApi.getSpelling, ({ caller }) => consult(caller, 'proofreading.get-spelling', readSpelling));
  mount(spellingApi.addKnownWords, ({ caller, body }) => perform(caller, addKnownWords, body));
  mount(spellingApi.removeKnownWord, ({ caller, params }) => perform(caller, removeKnownWord, params));
};
