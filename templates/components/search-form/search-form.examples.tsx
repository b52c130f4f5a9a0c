import type { Examples } from '../examples.ts';
import { SearchForm } from './search-form.tsx';

export const searchFormExamples: Examples = {
  'asked on this site': (
    <SearchForm query={{ q: '加装电梯', scope: 'site' }} action="/search" years={[2026, 2025]} />
  ),
  'asked everywhere, for one year': (
    <SearchForm
      query={{ q: '加装电梯', scope: 'all', year: 2026, kind: 'policy' }}
      action="/search"
      years={[2026, 2025]}
    />
  ),
};
