import {
  type FindingState,
  findingStates,
  severities,
  type Severity,
} from '../../../contracts/proofreading.ts';
import { choiceIn, compact, idPattern, textIn } from '../../lib/search-text.ts';

export interface FindingFilter {
  readonly state?: FindingState;
  readonly severity?: Severity;
  readonly rule?: string;
  readonly unit?: string;
  readonly site?: string;
  readonly column?: string;
  readonly resource?: string;
}

/** From the address bar; what waits is shown when nothing is said. */
export function readFindingFilter(raw: Record<string, unknown>): FindingFilter {
  return compact<FindingFilter>({
    state: choiceIn(raw, 'state', findingStates),
    severity: choiceIn(raw, 'severity', severities),
    rule: textIn(raw, 'rule', /^.{1,120}$/),
    unit: textIn(raw, 'unit', idPattern),
    site: textIn(raw, 'site', idPattern),
    column: textIn(raw, 'column', idPattern),
    resource: textIn(raw, 'resource', idPattern),
  });
}

export type FilterChange = (part: {
  readonly [K in keyof FindingFilter]?: FindingFilter[K] | undefined;
}) => void;
