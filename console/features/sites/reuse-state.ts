import { resourceTypes, type ResourceTypeKey } from '../../../contracts/library.ts';
import { reuseSides } from '../../../contracts/sites.ts';
import { choiceIn, compact, textIn } from '../../lib/search-text.ts';

/** The page's address: what is looked at, and by which words. */
export interface ReuseState {
  /** What may be reused, when absent. */
  readonly show?: (typeof reuseSides)[number];
  readonly q?: string;
  readonly type?: ResourceTypeKey;
}

export function readReuseState(raw: Record<string, unknown>): ReuseState {
  return compact<ReuseState>({
    show: choiceIn(raw, 'show', reuseSides),
    q: textIn(raw, 'q', /^.{1,100}$/),
    type: choiceIn(raw, 'type', resourceTypes),
  });
}
