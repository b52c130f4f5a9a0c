import type { Routes } from '../../platform/http.ts';
import { accountRoutes } from './account.routes.ts';
import { secondFactorRoutes } from './second-factor.routes.ts';
import { sessionRoutes } from './session.routes.ts';
import type { IdentityParts } from './settings.ts';
import { signatureImageRoutes } from './signature-image.routes.ts';
import { unitRoutes } from './unit.routes.ts';

export { canListAccounts, canManageAccount, isPlatformRole } from './account.policy.ts';
export { accountsById, type AccountSummary, freeLogin, hasAccounts, peopleIn } from './account.queries.ts';
export { areRolesCompatible } from './account.rules.ts';
export { findActor, findActors, getActor } from './actor.ts';
export { type AuthenticateParts, createAuthenticate, type RefusedAtDoor } from './authenticate.ts';
export { createAccount } from './create-account.ts';
export { createUnit } from './create-unit.ts';
export { unitChanged } from './events.ts';
export { givePassword } from './give-password.ts';
export { generateInitialPassword } from './initial-password.ts';
export { unitTree } from './list-units.ts';
export {
  carryOutReorganization,
  type ReorganizationRunner,
  stepReorganizations,
} from './carry-out-reorganization.ts';
export { isReorganizationDue } from './reorganization.queries.ts';
export type { ReformParts } from './reform-parts.ts';
export { cancelReorganization, confirmReorganization } from './decide-reorganization.ts';
export { planRenaming } from './plan-renaming.ts';
export { planReorganization } from './plan-reorganization.ts';
export { planSplit } from './plan-split.ts';
export type { GroundColumn, GroundResource, SplitGround } from './split-ground.ts';
export { type ProofParts, type ProvenSigner, proveSigner, spendProof } from './prove-signer.ts';
export { imageInUse, signatureImageOf } from './signature-image.queries.ts';
export { createRefusalRecord } from './record-door-refusal.ts';
export {
  chooseUnits,
  countIdentity,
  forgetUnknownAccounts,
  unitParts,
  unitSteps,
} from './package.queries.ts';
export { unitsToday } from './reorganization.queries.ts';
export { reorganizationRoutes } from './reorganization.routes.ts';
export {
  colleaguesOf,
  holdersOf,
  type RoleHolder,
  roleHoldersOver,
  unitLineOf,
  unitsThatWrite,
  unitsWithRole,
} from './role-holder.queries.ts';
export { requireUnitInBeing } from './require-unit-in-being.ts';
export { inScope, isInScope, requireUnitInScope } from './scope.ts';
export {
  defaultIdentitySettings,
  type IdentityParts,
  type IdentitySettings,
  isBehindTls,
} from './settings.ts';
export {
  countRows,
  type HeldThing,
  holdingOf,
  isGiven,
  reachOf,
  type KeptUnitColumns,
  thingsOf,
  type UnitHolding,
} from './unit-holding.ts';
export type { Followed, NameStep, UnitNaming } from './unit-naming.ts';
export { unitPasts } from './unit-past.ts';
export {
  nameAt,
  namesOf,
  successorsFrom,
  turnsSince,
  type UnitPasts,
  type UnitTurn,
} from './unit-past.rules.ts';
export { keptUnitColumns } from './kept-unit-columns.ts';
export { canManageUnits, canSeeAllUnits } from './unit.policy.ts';
export { unitByOrganisationCode, unitNames, unitsBelow, unitsById, unitsInScope } from './unit.queries.ts';

/** Sign-in, units and accounts. */
export function identityRoutes(parts: IdentityParts): Routes {
  return (mount, tools) => {
    const all = [
      sessionRoutes(parts),
      secondFactorRoutes(parts),
      signatureImageRoutes,
      unitRoutes,
      accountRoutes(parts),
    ];
    for (const routes of all) routes(mount, tools);
  };
}
