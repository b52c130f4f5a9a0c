export interface TrainingSetup {
  /** Where the model is written. */
  readonly file: string;
  /** Of the table of stretches. */
  readonly places: number;
}

/** What the training thread is told. */
export type TrainingOrder =
  { readonly kind: 'texts'; readonly texts: readonly TextToLearn[] } | { readonly kind: 'finish' };

export interface TextToLearn {
  readonly text: string;
  /** Not counted at first: errors are learned, and false alarms measured, in such texts. */
  readonly isKeptApart: boolean;
}

/** What it answers, once for each order. */
export type TrainingReply =
  | { readonly kind: 'taken'; readonly characters: number }
  | { readonly kind: 'finished'; readonly learned: LearnedModel }
  | { readonly kind: 'failed'; readonly reason: string };

export interface LearnedModel {
  readonly digest: string;
  readonly characters: number;
  readonly threshold: number;
  /** Clean sentences that measured the threshold. */
  readonly measured: number;
}
