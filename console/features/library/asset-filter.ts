import { type AssetKind, assetKinds, type AssetQuery } from '../../../contracts/library.ts';
import { choiceIn, compact, idPattern, textIn } from '../../lib/search-text.ts';

export const assetShows = ['no-alt', 'unused', 'trouble'] as const;
export type AssetShow = (typeof assetShows)[number];

/** The list's address: a link shows the same files to whoever opens it. */
export interface AssetFilter {
  readonly kind?: AssetKind;
  readonly show?: AssetShow;
  readonly unitId?: string;
  readonly q?: string;
  /** The file that is open beside the list. */
  readonly asset?: string;
}

export function readAssetFilter(raw: Record<string, unknown>): AssetFilter {
  return compact<AssetFilter>({
    kind: choiceIn(raw, 'kind', assetKinds),
    show: choiceIn(raw, 'show', assetShows),
    unitId: textIn(raw, 'unitId', idPattern),
    q: textIn(raw, 'q', /^.{1,100}$/),
    asset: textIn(raw, 'asset', idPattern),
  });
}

export function assetQuery({ kind, show, unitId, q }: AssetFilter): AssetQuery {
  return { ...compact<AssetQuery>({ kind, show, unitId, q }), limit: 30 };
}

export const isAssetFiltered = ({ kind, show, unitId, q }: AssetFilter): boolean =>
  [kind, show, unitId, q].some((one) => one !== undefined);
