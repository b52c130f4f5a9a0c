import { auditKeptColumns } from './modules/audit/index.ts';
import { exchangeHoldings } from './modules/exchange/index.ts';
import { followingHoldings, followingKeptColumns } from './modules/following/index.ts';
import {
  keptUnitColumns,
  type KeptUnitColumns,
  type ReformParts,
  type UnitHolding,
} from './modules/identity/index.ts';
import { intakeHoldings } from './modules/intake/index.ts';
import { interactionHoldings, interactionKeptColumns } from './modules/interaction/index.ts';
import { libraryHoldings, libraryKeptColumns } from './modules/library/index.ts';
import { proofreadingHoldings } from './modules/proofreading/index.ts';
import { relocationHoldings } from './modules/relocation/index.ts';
import { reviewHoldings, reviewKeptColumns } from './modules/review/index.ts';
import { sitesHoldings, sitesKeptColumns, sitesNamings } from './modules/sites/index.ts';
import { webhookHoldings } from './modules/webhook/index.ts';
import { splitGround } from './split-ground.ts';

/**
 * Everything that goes to others when a unit ends or is divided, in the order in which it goes: what hangs on a resource,
 * a column or a site follows it.
 */
export const unitHoldings: readonly UnitHolding[] = [
  ...libraryHoldings,
  ...reviewHoldings,
  ...proofreadingHoldings,
  ...sitesHoldings,
  ...interactionHoldings,
  ...intakeHoldings,
  ...relocationHoldings,
  ...exchangeHoldings,
  ...webhookHoldings,
  ...followingHoldings,
];

/** What a reorganization does, as the modules say it. */
export const reformParts: ReformParts = {
  holdings: unitHoldings,
  namings: sitesNamings,
  ground: splitGround,
};

/** Every other column that names a unit, with the reason why it stays. */
export const keptColumns: KeptUnitColumns = {
  ...auditKeptColumns,
  ...keptUnitColumns,
  ...libraryKeptColumns,
  ...reviewKeptColumns,
  ...sitesKeptColumns,
  ...interactionKeptColumns,
  ...followingKeptColumns,
};
