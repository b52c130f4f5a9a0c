export {
  ENTRIES_PER_ANSWER,
  findConsistency,
  findEntries,
  findPageProofs,
  type PageProofs,
} from './find-proof.ts';
export { type HeadFileName, headFileNames, readHeadFile } from './head-file.ts';
export type { LoggedOutcome } from './leaf.rules.ts';
export { loadLogSigner, signatureKinds, type SignatureKind } from './log-key.ts';
export { appendEntries, type LogEntry, unloggedAddresses } from './log.queries.ts';
export { createSequencer, type Sequencer } from './sequencer.ts';
export { sequenceEntries } from './sequence-entries.ts';
