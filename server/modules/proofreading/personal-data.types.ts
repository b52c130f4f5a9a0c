import type { MaskForms } from './personal-mask.rules.ts';
import type { Surroundings } from './text-surroundings.rules.ts';

export const personalKinds = [
  'id-number',
  'travel-document',
  'bank-card',
  'mobile',
  'landline',
  'mail',
  'address',
] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** Where something personal stands, and what is to stand there instead. */
export interface PersonalFind {
  readonly kind: PersonalKind;
  readonly start: number;
  readonly end: number;
  readonly suggestion: string;
}

export interface PersonalOptions {
  /** The day in China, `2026-11-27`: nobody is born later. */
  readonly today: string;
  readonly masks: MaskForms;
}

/** A text in plain width with what stands around each place of it. */
export interface Scene extends PersonalOptions {
  readonly plain: string;
  readonly near: Surroundings;
}
