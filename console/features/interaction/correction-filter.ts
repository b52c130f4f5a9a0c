import {
  type CorrectionKind,
  correctionKinds,
  type CorrectionState,
  correctionStates,
} from '../../../contracts/interaction.ts';
import { choiceIn, compact, idPattern, textIn } from '../../lib/search-text.ts';

export interface CorrectionFilter {
  readonly state?: CorrectionState | 'all';
  readonly kind?: CorrectionKind;
  readonly site?: string;
}

/** From the address bar; what waits is shown when nothing is said. */
export function readCorrectionFilter(raw: Record<string, unknown>): CorrectionFilter {
  return compact<CorrectionFilter>({
    state: choiceIn(raw, 'state', ['all', ...correctionStates]),
    kind: choiceIn(raw, 'kind', correctionKinds),
    site: textIn(raw, 'site', idPattern),
  });
}
