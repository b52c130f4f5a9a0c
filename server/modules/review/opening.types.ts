/** Somebody read a review: as which revision, and when last. */
export interface Opening {
  readonly revisionDigest: Buffer;
  readonly openedAt: Date;
}
