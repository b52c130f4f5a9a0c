import type { DumpPart, LoadStep } from '../../platform/dump/dump.types.ts';
import { unitParts, unitSteps } from '../identity/index.ts';
import {
  assetStep,
  completionStep,
  fileStep,
  libraryParts,
  resourceSteps,
  typeStep,
} from '../library/index.ts';
import { redirectPart, redirectStep } from '../publishing/index.ts';
import { reviewParts, reviewSteps } from '../review/index.ts';
import { placementSteps, siteParts, siteSteps } from '../sites/index.ts';
import { vocabularyParts, vocabularySteps } from '../vocabulary/index.ts';

/** Every part of a package in the order in which it is written. The format's version changes with this list. */
export const packageParts: readonly DumpPart[] = [
  unitParts.units,
  unitParts.unitNames,
  unitParts.unitSplits,
  unitParts.accounts,
  vocabularyParts.terms,
  vocabularyParts.changes,
  libraryParts.types,
  siteParts.sites,
  siteParts.domains,
  siteParts.columns,
  siteParts.responsibilityEntries,
  siteParts.responsibilityPast,
  siteParts.mappings,
  siteParts.mappingRules,
  siteParts.columnLinks,
  siteParts.columnWriters,
  libraryParts.files,
  libraryParts.assets,
  libraryParts.resources,
  libraryParts.revisions,
  libraryParts.revisionFiles,
  libraryParts.indexCounters,
  libraryParts.indexNumbers,
  libraryParts.relations,
  libraryParts.rulings,
  libraryParts.correctionNotes,
  libraryParts.origins,
  siteParts.addresses,
  siteParts.reuses,
  siteParts.reuseAddresses,
  siteParts.mappingMatches,
  siteParts.placements,
  siteParts.listings,
  siteParts.topics,
  siteParts.urgentNotices,
  siteParts.jointReleases,
  siteParts.jointReleaseMembers,
  siteParts.takeDowns,
  reviewParts.reviews,
  reviewParts.decisions,
  reviewParts.responsibility,
  reviewParts.comments,
  reviewParts.disclosureRule,
  reviewParts.opinions,
  reviewParts.reminders,
  reviewParts.assessments,
  reviewParts.signatures,
  reviewParts.undisclosed,
  reviewParts.reassessments,
  reviewParts.urgentReleases,
  redirectPart,
];

/** The part that says which bytes there are. */
export const filePart = libraryParts.files;

/**
 * Every step of an import in its order: what is named by others comes first. Resources become what they were in the
 * last step, when all that they name is there. `scans`: whether somebody here looks into files.
 */
export const stepsWith = ({ scans }: { readonly scans: boolean }): readonly LoadStep[] => [
  ...unitSteps,
  ...vocabularySteps,
  typeStep,
  fileStep(scans),
  assetStep,
  ...siteSteps,
  ...resourceSteps,
  ...placementSteps,
  ...reviewSteps,
  redirectStep,
  completionStep,
];

export const pathOfPart = (part: DumpPart): string => `${part.name}.jsonl`;
export const manifestPath = 'manifest.json';
export const pathOfFile = (digest: string): string => `files/${digest.slice(0, 2)}/${digest}`;
