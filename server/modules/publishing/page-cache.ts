import { bytesOf, type CachedPage } from './cached-page.ts';
import { isPublished, loadPage, type LoadOutcome, type PageSource } from './load-page.ts';
import type { Signature } from './page-reader.ts';

/** How long an answer is given without a look at the file. */
export const RECHECK_MS = 250;
const SEAL_RECHECK_MS = 5_000;

export interface CacheEntry {
  readonly site: string;
  readonly path: string;
  readonly page: CachedPage;
  readonly name: string;
  signature: Signature | undefined;
  checkedAt: number;
  /** When a page that only its seal, or only memory, vouches for is shown to the database again. */
  proveAgainAt: number;
  readonly bytes: number;
  used: boolean;
}

export type CacheAnswer =
  | { readonly outcome: 'found'; readonly entry: CacheEntry }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unsound' };

export interface PageCacheOptions {
  readonly source: PageSource;
  readonly largestBytes: number;
  /** What lies in the store is not what was published. */
  readonly onTampered: (site: string, path: string) => void;
}

/**
 * Pages in memory, bounded in bytes. An entry that was looked at in the last quarter of a second is
 * given at once; an older one after a look at its file, so that a change shows without any message.
 */
export class PageCache {
  readonly #options: PageCacheOptions;
  readonly #sites = new Map<string, Map<string, CacheEntry>>();
  readonly #order = new Set<CacheEntry>();
  readonly #loading = new Map<string, Promise<CacheAnswer>>();
  #bytes = 0;

  constructor(options: PageCacheOptions) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The entry when it may be given without any look at the disk. */
  peek(site: string, path: string, now: number): CacheEntry | undefined {
    const entry = this.#sites.get(site)?.get(path);
    if (entry === undefined || now - entry.checkedAt >= RECHECK_MS) return undefined;
    entry.used = true;
    return entry;
  }

  /** The page as it is now; requests that come together share one look. */
  async get(site: string, path: string): Promise<CacheAnswer> {
    const entry = this.peek(site, path, performance.now());
    if (entry) return { outcome: 'found', entry };
    const key = `${site}${path}`;
    const before = this.#loading.get(key);
    if (before) return before;
    const loading = this.#refreshOrKeep(site, path).finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  /** Where nothing lies: whether a page ought to. Then it was lost, unless it came this very moment. */
  async getLost(site: string, path: string): Promise<CacheAnswer> {
    const valid = await this.#options.source.proof?.(site, path);
    if (valid?.some((form) => form.knownFrom === 'page') !== true) return { outcome: 'absent' };
    const again = await this.get(site, path);
    if (again.outcome !== 'absent') return again;
    this.#options.onTampered(site, path);
    return { outcome: 'unsound' };
  }

  /** A store that cannot be asked takes nothing from memory, unless the database says that it is over. */
  async #refreshOrKeep(site: string, path: string): Promise<CacheAnswer> {
    try {
      return await this.#refresh(site, path);
    } catch (error) {
      const old = this.#sites.get(site)?.get(path);
      if (old === undefined || old.page.kind === 'file') throw error;
      const valid = await this.#options.source.proof?.(site, path);
      if (valid?.some((form) => form.digest === old.page.digest) === false) {
        this.#drop(old);
        throw error;
      }
      old.checkedAt = performance.now();
      return { outcome: 'found', entry: old };
    }
  }

  async #refresh(site: string, path: string): Promise<CacheAnswer> {
    const old = this.#sites.get(site)?.get(path);
    const lookedAt = performance.now();
    if (old && lookedAt < old.proveAgainAt && (await this.#signatureOf(old)) === old.signature) {
      old.checkedAt = lookedAt;
      old.used = true;
      return { outcome: 'found', entry: old };
    }
    const loaded = await loadPage(this.#options.source, site, path);
    switch (loaded.outcome) {
      case 'sound':
        return this.#replace({ site, path, lookedAt, loaded, old });
      case 'absent':
        return this.#forget(site, path, old);
      case 'unsound':
        return this.#mistrust({ site, path, loaded, old });
    }
  }

  #signatureOf({ site, name }: CacheEntry): Promise<Signature | undefined> {
    return this.#options.source.reader.signature(site, name);
  }

  #replace(known: {
    site: string;
    path: string;
    lookedAt: number;
    loaded: Extract<LoadOutcome, { outcome: 'sound' }>;
    old: CacheEntry | undefined;
  }): CacheAnswer {
    const { site, path, lookedAt, loaded, old } = known;
    if (loaded.badForm) this.#options.onTampered(site, path);
    const { page, name, signature } = loaded;
    const proveAgainAt = loaded.sealedOnly ? lookedAt + SEAL_RECHECK_MS : Infinity;
    const bytes = bytesOf(page);
    const entry = { site, path, page, name, signature, checkedAt: lookedAt, proveAgainAt, bytes, used: true };
    this.#keep(entry, old);
    return { outcome: 'found', entry };
  }

  async #forget(site: string, path: string, old: CacheEntry | undefined): Promise<CacheAnswer> {
    if (old === undefined) return { outcome: 'absent' };
    if (await isPublished(this.#options.source, site, path, old.page.digest))
      return this.#keepOld(old, undefined);
    this.#drop(old);
    return { outcome: 'absent' };
  }

  #mistrust(known: {
    site: string;
    path: string;
    loaded: Extract<LoadOutcome, { outcome: 'unsound' }>;
    old: CacheEntry | undefined;
  }): CacheAnswer {
    const { site, path, loaded, old } = known;
    // When the database is silent, what memory holds was proved before and is better than nothing.
    const isStillValid = loaded.valid?.some((form) => form.digest === old?.page.digest) ?? true;
    if (old && isStillValid) return this.#keepOld(old, loaded.signature);
    if (old) this.#drop(old);
    this.#options.onTampered(site, path);
    return { outcome: 'unsound' };
  }

  /** The disk lost or changed a page that memory still has: memory serves until the disk is restored. */
  #keepOld(old: CacheEntry, signature: Signature | undefined): CacheAnswer {
    this.#options.onTampered(old.site, old.path);
    if (old.page.kind === 'file') {
      this.#drop(old);
      return { outcome: 'unsound' };
    }
    old.signature = signature;
    old.checkedAt = performance.now();
    // Files go before their rows do: what looks lost now may be withdrawn a moment later.
    old.proveAgainAt = old.checkedAt + RECHECK_MS;
    return { outcome: 'found', entry: old };
  }

  #keep(entry: CacheEntry, old: CacheEntry | undefined): void {
    if (old) this.#drop(old);
    let pages = this.#sites.get(entry.site);
    if (pages === undefined) {
      pages = new Map();
      this.#sites.set(entry.site, pages);
    }
    pages.set(entry.path, entry);
    this.#order.add(entry);
    this.#bytes += entry.bytes;
    this.#makeRoom();
  }

  #drop(entry: CacheEntry): void {
    if (!this.#order.delete(entry)) return;
    this.#bytes -= entry.bytes;
    const pages = this.#sites.get(entry.site);
    if (pages?.get(entry.path) === entry) pages.delete(entry.path);
  }

  /** Second chance: an entry that was used since it was last considered goes to the end of the line. */
  #makeRoom(): void {
    for (const entry of this.#order) {
      if (this.#bytes <= this.#options.largestBytes) return;
      if (entry.used) {
        entry.used = false;
        this.#order.delete(entry);
        this.#order.add(entry);
      } else {
        this.#drop(entry);
      }
    }
  }
}
