import type { OpenMode, SecrecyAnswer } from '../../../contracts/openness.ts';

export type Answers = Readonly<Record<string, { readonly answer: SecrecyAnswer; readonly remark?: string }>>;

export interface SecrecyItemRow {
  readonly key: string;
  readonly name: string;
  readonly question: string;
}

export interface OpennessAssessmentRow {
  readonly stepName: string;
  readonly openMode: OpenMode;
  readonly reasonKey: string | null;
  readonly article: string | null;
  readonly reasonName: string | null;
  readonly reasonNote: string | null;
  readonly answers: Answers;
  readonly revisionDigest: Buffer;
  readonly assessedByName: string;
  readonly assessedAt: Date;
}
