import { resourceTypes, type ResourceTypeKey } from '../../../contracts/library.ts';
import type { PackageSelection } from '../../../contracts/packaging.ts';
import { choiceIn, compact, idPattern, textIn } from '../../lib/search-text.ts';

/** What a list was narrowed to when somebody came from it. */
export interface ExportWish {
  readonly unitId?: string;
  readonly type?: ResourceTypeKey;
}

const operatorType = /^x-[a-z][a-z0-9-]{0,29}$/;

export function readExportWish(raw: Record<string, unknown>): ExportWish {
  return compact<ExportWish>({
    unitId: textIn(raw, 'unitId', idPattern),
    type:
      choiceIn(raw, 'type', resourceTypes) ??
      (textIn(raw, 'type', operatorType) as ResourceTypeKey | undefined),
  });
}

export interface ExportFields {
  readonly unitIds?: string[];
  readonly siteIds?: string[];
  readonly types?: ResourceTypeKey[];
  readonly from?: string;
  readonly to?: string;
}

/** Nothing chosen is no condition: the whole library. */
export function selectionOf({
  unitIds = [],
  siteIds = [],
  types = [],
  from,
  to,
}: ExportFields): PackageSelection {
  return {
    ...(unitIds.length > 0 && { unitIds }),
    ...(siteIds.length > 0 && { siteIds }),
    ...(types.length > 0 && { types }),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}
