import type {
  ImportCounts,
  ImportFormat,
  ImportMode,
  ImportStage,
  Mapping,
  RecordProblem,
} from '../../../contracts/intake.ts';
import type { ResourceContent, ResourceTypeKey } from '../../../contracts/library.ts';

/** A file that a record may refer to, out of the same archive. */
export interface RecordFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** One thing of a file as it stands there, whatever the format: named texts, and where it was found. */
export interface IntakeRecord {
  /** For people: line, sheet and row, or the file's name. */
  readonly place: string;
  readonly values: Readonly<Record<string, string>>;
  /** What it is called when no column gives it a name: the same thing has the same one in every file. */
  readonly fallbackKey: string;
  /** Why it cannot be read at all. */
  readonly problem?: RecordProblem;
  /** What the reader left out of it. */
  readonly warnings?: readonly string[];
  /** Files of the archive that are attached to it, by how `openFile` knows them. */
  readonly attachments?: readonly string[];
  /** A picture or attachment by its address in the body; undefined when the archive has no such file. */
  readonly openFile?: (src: string) => Promise<RecordFile | undefined>;
}

/** A record as something to bring in. `content` is absent when it cannot be. */
export interface IntakeItem {
  readonly place: string;
  readonly key: string;
  readonly title: string;
  readonly oldAddress: string | null;
  readonly type: ResourceTypeKey;
  readonly content: ResourceContent | undefined;
  readonly problems: readonly RecordProblem[];
  readonly warnings: readonly RecordProblem[];
}

/** What of a record is kept for the preview. */
export type SampleRecord = Pick<IntakeRecord, 'place' | 'values' | 'fallbackKey'> & {
  readonly problem?: RecordProblem | undefined;
  readonly warnings?: readonly string[] | undefined;
};

export interface ImportRow {
  readonly id: string;
  readonly unitId: string;
  readonly mode: ImportMode;
  readonly columnId: string | null;
  readonly type: ResourceTypeKey;
  readonly fileName: string;
  readonly digest: string;
  readonly size: string;
  readonly format: ImportFormat | null;
  readonly stage: ImportStage;
  readonly sources: readonly string[];
  readonly mapping: Mapping;
  readonly checked: ImportCounts | null;
  readonly imported: ImportCounts | null;
  readonly problemCode: string | null;
  readonly problemMessage: string | null;
  readonly attempts: number;
  readonly version: number;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const noCounts: ImportCounts = { read: 0, good: 0, known: 0, refused: 0, warned: 0 };
