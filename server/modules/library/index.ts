export type { AssetRow, ShownAsset } from './asset.queries.ts';
export { assetsByContent, assetsById, knownAssets } from './asset.queries.ts';
export { accessionRevision, type AccessionOutcome } from './accession-revision.ts';
export {
  awaitCommits,
  type ChangeKind,
  type ChangeRow,
  changesAfter,
  feedBeginning,
  feedHead,
  kindBefore,
  lastChange,
  positionBefore,
  sampledChanges,
} from './change-feed.queries.ts';
export { classesOf } from './classes.queries.ts';
export { compareWaiting, fillFingerprints } from './compare-texts.ts';
export { isAnyUncompared } from './fingerprint.queries.ts';
export { textOf } from './content-text.ts';
export { findVersions } from './find-versions.ts';
export { followFeed, type FeedStep } from './follow-feed.ts';
export { relateImports, type RelatedBatch } from './relate-imports.ts';
export { type CorrectionNote, correctionNotesOf } from './correction-note.queries.ts';
export { createResource } from './create-resource.ts';
export {
  areReleasesLate,
  type DueCursor,
  isEndDue,
  isReleaseDue,
  overdueReleases,
  resourcesDueForExpiry,
  resourcesDueForRelease,
  scheduledFigures,
} from './due.queries.ts';
export {
  endWaiting,
  filesScannedBefore,
  type FileToScan,
  filesWaitingForScan,
  noteClean,
  noteStillInfected,
  postponeScan,
} from './file.queries.ts';
export {
  endAvif,
  endSizing,
  insertSizes,
  type SizeOfBytes,
  noteSizing,
  picturesWaiting,
  picturesWithoutAvif,
  sizesOf,
  type WaitingPicture,
} from './picture-size.queries.ts';
export {
  type DrawnDocument,
  insertPreview,
  type KeptPreview,
  previewPagesOf,
  type PreviewPage,
  previewsWaiting,
  publicPages,
  settleUnpreviewed,
  type WaitingPreview,
} from './preview.queries.ts';
export { isAnyFileWaiting } from './files-waiting.queries.ts';
export { isOpenToAll } from './open-mode.rules.ts';
export {
  previewedDigestsAfter,
  type PreviewedUse,
  previewedUsesOf,
  type TextPreview,
  textPreviewed,
  textPreviewsOf,
} from './public-preview.queries.ts';
export type { NamedFile, PictureSize } from './file.types.ts';
export { type Find, markCleared, markInfected } from './quarantine.queries.ts';
export {
  beginningsOf,
  documentsWaiting,
  type ReadWords,
  recordWords,
  type WaitingDocument,
} from './file-text.queries.ts';
export { libraryEvents, namedTag, resourceTag } from './events.ts';
export { labelContent, labelContents, labelsOf } from './label-content.queries.ts';
export { getHead, getResource, lockResource, requireEditor } from './find-resource.ts';
export { titlesInScope, versionsInScope } from './known.queries.ts';
export { liveFacts, type LiveFacts, lockEach } from './live-facts.queries.ts';
export {
  estimateResources,
  issuerOf,
  liveHeadings,
  countLiveOfUnit,
  liveIdsAfter,
  liveRevisionIds,
  liveIdsOfUnit,
  liveResources,
  removedResources,
  type LiveHeading,
  type LiveResource,
  type RemovedResource,
} from './live.queries.ts';
export { presentById, recallWork, returnWork, submitHead, type SubmittedWork } from './mark-review.ts';
export {
  contentOfRevision,
  contentsOfRevisions,
  liveStates,
  openIds,
  openNaming,
  openResources,
  type OpenFilter,
  type OpenResourceRow,
  type OpenView,
} from './open-view.queries.ts';
export {
  isOfScope,
  lockWhatever,
  openToAllAmong,
  type PublishedRow,
  type ReusableFilter,
  reusableResources,
  unitsOf,
} from './published.queries.ts';
export { typedNumber } from './typed-number.rules.ts';
export { namedIn, type Relation, relationsFrom, relationsToward, successorsOf } from './relation.queries.ts';
export { dueAmong, releaseRevisions, type Release } from './release-revision.ts';
export { holdReleases, letGo, readyTogether } from './hold-release.ts';
export {
  dismissRevision,
  expireRevision,
  supersedeRevision,
  takeDownRevision,
  withdrawRevision,
  type WithdrawalInput,
} from './remove-resource.ts';
export { canEdit } from './resource.policy.ts';
export { presentRevision } from './resource.presenter.ts';
export {
  revisionById,
  revisionByNumber,
  type ResourceRow,
  type RevisionRow,
  seenAmong,
} from './resource.queries.ts';
export { allowsDeed, requireDeed, requireSchedule, stateOf } from './resource.rules.ts';
export { resourceTypeList, resourceTypeOf } from './resource-types.ts';
export { currentTypes, typeAsItIs, type TypeShelf, typesOf } from './find-type.ts';
export { changeType, createType } from './publish-type.ts';
export { registerUploads } from './asset.routes.ts';
export type { WritingCommands } from './asset.routes.ts';
export type { PlacedIn } from './list.routes.ts';
export { libraryRoutes } from './resource.routes.ts';
export { adoptReplacement, replaceAsset } from './replace-asset.ts';
export { applyDueRuling, cancelRuling, ruleValidity } from './rule-validity.ts';
export { appliedRulings, resourcesDueForRuling, ruledContent, type RulingRow } from './ruling.queries.ts';
export { discardResource } from './discard-resource.ts';
export { saveDraft } from './save-draft.ts';
export { spreadTerms } from './spread-terms.ts';
export { scheduleResource } from './schedule-resource.ts';
export { inspectUpload, receiveUpload, registerAsset } from './upload-asset.ts';
export {
  type FileUse,
  filesOfResource,
  filesOfResources,
  liveDigestsAfter,
  liveSuccessorsOf,
  liveUsesOf,
  replacedDigestsAfter,
} from './asset-use.queries.ts';
export { importDrafts, knownImports } from './import-drafts.ts';
export { importAsset } from './import-asset.ts';
export {
  importResources,
  type ImportAuthor,
  type ImportedItem,
  type ImportedResource,
} from './import-resources.ts';
export { discardImport, redraftImport } from './redraft-imports.ts';
export { importedResources, reviseImports } from './revise-imports.ts';
export {
  type ImportFacts,
  importFacts,
  type Origin,
  originsOf,
  recordOrigins,
  resourcesFrom,
  yieldOrigins,
} from './origin.queries.ts';
export { assetUses, checkedContent, requireSoundBodies } from './write-revision.ts';
export { contentProblems, requireContent } from './content.rules.ts';
export { unknownTermProblems } from './require-known-terms.ts';
export { draftsOf, publishedSince, readyAmong, scheduledWork, stagesOf } from './work.queries.ts';
export {
  assetStep,
  completionStep,
  digestsWithoutFile,
  fileStep,
  resourceSteps,
  typeStep,
} from './load-package.queries.ts';
export {
  chooseAssets,
  chooseAuthors,
  chooseResources,
  countLibrary,
  libraryParts,
  relationsLeftOut,
} from './package.queries.ts';
export { indexRemaining, indexWaiting, isBehindWithTexts } from './index-texts.ts';
export { libraryHoldings, libraryKeptColumns, resources as resourceHolding } from './unit-holdings.ts';
