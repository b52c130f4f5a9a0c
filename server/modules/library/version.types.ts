import type { ProposalReason, ProposedKind } from '../../../contracts/library.ts';

/** A document of which another one says that it amends or repeals it. */
export interface Mention {
  readonly kind: 'amends' | 'repeals';
  readonly name: string;
  /** `2005年3月1日公布的《…》`: which of several of that name is meant. */
  readonly issuedOn: string | null;
  /** The document that is meant is older than this. */
  readonly before: string | null;
  readonly confidence: number;
  readonly evidence: string;
}

export interface KnownDocument {
  readonly id: string;
  readonly unitId: string;
  readonly name: string;
  /** Its day, `YYYY-MM-DD`. */
  readonly writtenOn: string | null;
  /** By the name that its vocabulary gives it: a renaming comes over the change feed, like a new text. */
  readonly issuer: string;
}

export interface KnownMention extends Mention {
  readonly by: KnownDocument;
}

export interface ProposedRelation {
  readonly fromId: string;
  readonly kind: ProposedKind;
  readonly toId: string;
  readonly name: string;
  readonly reason: ProposalReason;
  readonly evidence: string;
  readonly confidence: number;
}
