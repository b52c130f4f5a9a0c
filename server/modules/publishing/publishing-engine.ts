import type { Db } from '../../platform/db.ts';
import type { HostTable, PageDefinition, PublishingLog } from './page.types.ts';
import type { PageStore } from './page-store.ts';
import type { PageWriter } from './page-writer.ts';

/** Everything that building pages needs. */
export interface PublishingEngine {
  readonly db: Db;
  readonly definitions: readonly PageDefinition[];
  readonly store: PageStore;
  readonly writer: PageWriter;
  readonly log: PublishingLog;
  /** The local file of an asset, by its SHA-256 in hexadecimal. */
  readonly assetPath: (digest: string) => string;
  /** Pages were published or withdrawn: the log has something to put in order. */
  readonly onRecorded?: () => void;
  /** Asked before each batch: waits for a while when something must go before pages. */
  readonly giveWay?: () => Promise<void>;
  /** Which site answers for which host; written beside the pages when the tag `hosts` changes. */
  readonly hosts?: (db: Db) => Promise<HostTable>;
}

export interface BuildReport {
  /** Pages looked at. */
  readonly taken: number;
  /** Pages whose files changed. */
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Pages that cannot be built now; they are tried again later. */
  readonly failed: number;
  /** Pages that another worker stands in the way of; they stay dirty. */
  readonly postponed: number;
}

export const emptyReport: BuildReport = {
  taken: 0,
  written: 0,
  unchanged: 0,
  removed: 0,
  failed: 0,
  postponed: 0,
};

export function addReports(one: BuildReport, other: BuildReport): BuildReport {
  return {
    taken: one.taken + other.taken,
    written: one.written + other.written,
    unchanged: one.unchanged + other.unchanged,
    removed: one.removed + other.removed,
    failed: one.failed + other.failed,
    postponed: one.postponed + other.postponed,
  };
}

/** The tag, and the one page key, of the host table. */
export const HOSTS = 'hosts';

export function kindOf(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? key : key.slice(0, slash);
}
