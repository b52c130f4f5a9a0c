import type { CorrectionKind, CorrectionState, RatingReason } from '../contracts/interaction.ts';
import type { Day, Minute, Path } from './page-types.ts';

/** What is wrong with a form, by field, in words for the one who filled it in. */
export type FormProblems = Readonly<Record<string, string>>;

/** A page that something is said about. Without a name it was not looked up. */
export interface SubjectPage {
  readonly path: Path;
  readonly name?: string | undefined;
}

export interface CorrectionFormProps {
  /** As they were typed: nothing is lost when something is wrong with them. */
  readonly values: Readonly<Record<string, string>>;
  readonly problems?: FormProblems | undefined;
  /** Why it could not be sent, when that has nothing to do with a field. */
  readonly notice?: string | undefined;
  /** The page that the form was opened from; otherwise its address is asked for. */
  readonly page?: SubjectPage | undefined;
}

export interface FeedbackFormProps {
  readonly values: Readonly<Record<string, string>>;
  readonly problems?: FormProblems | undefined;
  readonly notice?: string | undefined;
}

/** What a citizen reads with the code of a correction. */
export interface CorrectionAnswerProps {
  readonly code: string;
  /** On another site of the district: absolute. */
  readonly page: { readonly name: string; readonly url: string };
  readonly kind: CorrectionKind;
  readonly description: string;
  readonly reportedOn: Day;
  readonly unitName: string;
  readonly state: CorrectionState;
  readonly dueOn: Day | null;
  readonly reply: string | null;
  readonly answeredAt: Minute | null;
}

export interface CorrectionStatusProps {
  readonly code: string;
  readonly answer?: CorrectionAnswerProps | undefined;
  readonly problem?: string | undefined;
  /** It was sent this moment. */
  readonly sent?: boolean | undefined;
}

export type { CorrectionKind, RatingReason };
