import { proposedKinds, proposalStates, type RelationProposalQuery } from '../../../contracts/library.ts';
import { choiceIn, compact, idPattern, textIn } from '../../lib/search-text.ts';

export const leastConfidences = ['95', '90', '80'] as const;

/** Which proposals are shown, as the address has it. */
export interface ProposalListState {
  readonly unitId?: string;
  readonly kind?: (typeof proposedKinds)[number];
  readonly state?: (typeof proposalStates)[number];
  readonly least?: (typeof leastConfidences)[number];
}

export function readProposalState(raw: Record<string, unknown>): ProposalListState {
  return compact<ProposalListState>({
    unitId: textIn(raw, 'unitId', idPattern),
    kind: choiceIn(raw, 'kind', proposedKinds),
    state: choiceIn(raw, 'state', proposalStates),
    least: choiceIn(raw, 'least', leastConfidences),
  });
}

export function proposalQuery({ least, ...rest }: ProposalListState): RelationProposalQuery {
  return { ...rest, ...(least === undefined ? {} : { least: Number(least) }), limit: 30 };
}
