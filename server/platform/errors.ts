export type ErrorKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'unavailable';

/**
 * A refusal with a stable code. `kind` says what sort of refusal it is (one place maps it to an HTTP
 * status), `code` is `<module>.<what-is-wrong>` for programs, `message` is Chinese for people.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: unknown;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { details?: unknown; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.details = options.details;
  }
}
