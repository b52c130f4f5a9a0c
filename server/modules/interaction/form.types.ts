import type { CorrectionKind, RatingReason } from '../../../contracts/interaction.ts';

export interface CorrectionForm {
  readonly kind: CorrectionKind;
  readonly description: string;
  readonly quote: string | null;
  readonly contact: string | null;
}

export interface RatingForm {
  readonly useful: boolean;
  readonly reason: RatingReason | null;
  readonly remark: string | null;
}
