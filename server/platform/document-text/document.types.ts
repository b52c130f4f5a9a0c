/** What a reader notices beside the text. */
export const findings = [
  'damaged',
  'encrypted',
  'too-large',
  'too-long',
  'took-too-long',
  'too-much-memory',
  'entities',
  'scripts',
  'embedded-files',
  'hidden-sheets',
  'macros',
  'programs',
  'fonts-missing',
  'fonts-substituted',
  'pictures-left-out',
] as const;
export type Finding = (typeof findings)[number];

/** The words of a document. */
export interface DocumentText {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** A reason to end reading; what was read so far is thrown away. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly finding: Finding;

  constructor(finding: Finding, options: { cause?: unknown } = {}) {
    super(finding, options);
    this.finding = finding;
  }
}
