import type { KeyObject } from 'node:crypto';

import { digestOf, gzipWithMac, isCompressible, macOf, type PackedPage, packPages } from './page-forms.ts';
import { digestInPath, fileNameOf, FORM_SUFFIXES, isReservedName } from './page-path.ts';
import type { PageStore } from './page-store.ts';

/** What shall stand at an address. */
export type AddressState =
  | { readonly outcome: 'page'; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly outcome: 'gone' | 'moved'; readonly bytes: Uint8Array }
  | { readonly outcome: 'file'; readonly mediaType: string; readonly source: string; readonly digest: string }
  | { readonly outcome: 'absent' };

export interface AddressChange {
  readonly site: string;
  readonly path: string;
  readonly state: AddressState;
  /** Nothing stood here before, so there is nothing to clear away. */
  readonly fresh: boolean;
}

interface Settling {
  readonly store: PageStore;
  readonly key: KeyObject;
  readonly packed: PackedPage | undefined;
}

interface MainForm {
  readonly name: string;
  readonly put: () => Promise<void>;
  /** What lies beside it, by suffix. */
  readonly beside: ReadonlyMap<string, Uint8Array>;
}

interface Text {
  readonly bytes: Uint8Array;
  /** When it was compressed with others beforehand. */
  readonly deflated?: Buffer | undefined;
}

function textForms(
  to: Settling,
  site: string,
  name: string,
  { bytes, deflated }: Text,
): Map<string, Uint8Array> {
  return new Map([['.gz', gzipWithMac(bytes, macOf(to.key, site, name, digestOf(bytes)), deflated)]]);
}

function pageForm(
  to: Settling,
  change: AddressChange,
  page: { mediaType: string; bytes: Uint8Array },
): MainForm {
  const { site } = change;
  const name = fileNameOf(change.path);
  const put = () => to.store.put(site, name, page.bytes);
  if (!isCompressible(page.mediaType)) {
    return { name, put, beside: new Map([['.mac', macOf(to.key, site, name, digestOf(page.bytes))]]) };
  }
  const [packed] = to.packed ? [to.packed] : packPages([page.bytes]);
  const beside = textForms(to, site, name, { bytes: page.bytes, deflated: packed?.deflated });
  if (packed?.brotli) beside.set('.br', packed.brotli);
  return { name, put, beside };
}

function fileForm(to: Settling, change: AddressChange, file: { source: string; digest: string }): MainForm {
  const { site, path } = change;
  const name = fileNameOf(path);
  // An address that states the digest proves the bytes by itself.
  const mac = digestInPath(path) === file.digest ? undefined : macOf(to.key, site, name, file.digest);
  return {
    name,
    put: () => to.store.putCopy(site, name, file.source),
    beside: new Map(mac && [['.mac', mac]]),
  };
}

function mainFormOf(to: Settling, change: AddressChange): MainForm | undefined {
  const { state, site } = change;
  switch (state.outcome) {
    case 'page':
      return pageForm(to, change, state);
    case 'file':
      return fileForm(to, change, state);
    case 'gone':
    case 'moved': {
      const name = `${fileNameOf(change.path)}.${state.outcome}`;
      return {
        name,
        put: () => to.store.put(site, name, state.bytes),
        beside: textForms(to, site, name, { bytes: state.bytes }),
      };
    }
    case 'absent':
      return undefined;
  }
}

async function putBeside(to: Settling, site: string, form: MainForm): Promise<void> {
  for (const [suffix, bytes] of form.beside) await to.store.put(site, `${form.name}${suffix}`, bytes);
}

async function replaceForm(to: Settling, site: string, form: MainForm): Promise<void> {
  const sealed = form.beside.get('.gz');
  for (const suffix of ['.br', '.mac']) await to.store.remove(site, `${form.name}${suffix}`);
  if (sealed === undefined) await to.store.remove(site, `${form.name}.gz`);
  else await to.store.put(site, `${form.name}.gz`, sealed);
  await form.put();
  for (const [suffix, bytes] of form.beside) {
    if (suffix !== '.gz') await to.store.put(site, `${form.name}${suffix}`, bytes);
  }
}

/** Names that may lie in the store for this address. */
export function formNamesOf(path: string): readonly string[] {
  const name = fileNameOf(path);
  // An archive called `x.gz` has no forms of its own, and must not be taken for one.
  if (isReservedName(path)) return [name];
  return [name, ...FORM_SUFFIXES.map((suffix) => `${name}${suffix}`)];
}

/**
 * Makes the store hold exactly this state at the address. Every file changes whole. A new page appears
 * with its compressed forms. Of a page that is replaced the sealed form comes first: it holds the page and
 * vouches for itself, so that at any moment one of the two can be believed without the database, and never an
 * old form lies beside a new page. Another state is there before the old one goes. Safe to repeat after a crash.
 */
async function settleAddress(to: Settling, change: AddressChange): Promise<void> {
  const { site, fresh } = change;
  const form = mainFormOf(to, change);
  if (form && fresh) {
    await putBeside(to, site, form);
    await form.put();
    return;
  }
  if (form) {
    await replaceForm(to, site, form);
  }
  const kept = form ? [form.name, ...[...form.beside.keys()].map((suffix) => `${form.name}${suffix}`)] : [];
  for (const name of formNamesOf(change.path)) {
    if (!kept.includes(name)) await to.store.remove(site, name);
  }
}

const isPacked = ({ state }: AddressChange): boolean =>
  state.outcome === 'page' && isCompressible(state.mediaType);

/** Settles several addresses one after the other. One answer per change: nothing, or what was thrown. */
export async function settleAddresses(
  to: Omit<Settling, 'packed'>,
  changes: readonly AddressChange[],
): Promise<readonly PromiseSettledResult<void>[]> {
  const pages = changes.filter(isPacked);
  const forms = packPages(pages.flatMap(({ state }) => (state.outcome === 'page' ? [state.bytes] : [])));
  const packed = new Map(pages.map((change, at) => [change, forms[at]]));
  const settled: PromiseSettledResult<void>[] = [];
  for (const change of changes) {
    const one = settleAddress({ ...to, packed: packed.get(change) }, change);
    settled.push(...(await Promise.allSettled([one])));
  }
  return settled;
}
