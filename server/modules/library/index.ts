export type { AssetRow } from './asset.queries.ts';
export { assetsByContent, assetsById } from './asset.queries.ts';
export { accessionRevision, type AccessionOutcome } from './accession-revision.ts';
export { compareWaiting, fillFingerprints } from './compare-texts.ts';
export { createResource } from './create-resource.ts';
export {
  type DueCursor,
  overdueReleases,
  resourcesDueForExpiry,
  resourcesDueForRelease,
} from './due.queries.ts';
export { libraryEvents, namedTag, resourceTag } from './events.ts';
export { getResource, lockResource, requireEditor } from './find-resource.ts';
export { titlesInScope, versionsInScope } from './known.queries.ts';
export {
  liveHeadings,
  liveIdsAfter,
  liveResources,
  removedResources,
  type LiveHeading,
  type LiveResource,
  type RemovedResource,
} from './live.queries.ts';
export { presentById, recallWork, returnWork, submitHead, type SubmittedWork } from './mark-review.ts';
export { namedIn, type Relation, relationsToward } from './relation.queries.ts';
export { isReleaseDue, releaseRevision, type Release } from './release-revision.ts';
export {
  expireRevision,
  supersedeRevision,
  withdrawRevision,
  type WithdrawalInput,
} from './remove-resource.ts';
export { canEdit } from './resource.policy.ts';
export { presentRevision } from './resource.presenter.ts';
export { revisionById, revisionByNumber, type ResourceRow, type RevisionRow } from './resource.queries.ts';
export { requireDeed, stateOf } from './resource.rules.ts';
export { resourceTypeList, resourceTypeOf } from './resource-types.ts';
export { registerUploads } from './asset.routes.ts';
export type { WritingCommands } from './asset.routes.ts';
export type { PlacedIn } from './list.routes.ts';
export { libraryRoutes } from './resource.routes.ts';
export { saveDraft } from './save-draft.ts';
export { scheduleResource } from './schedule-resource.ts';
export { receiveUpload, registerAsset } from './upload-asset.ts';
export {
  type FileUse,
  filesOfResource,
  liveDigestsAfter,
  liveUsesOf,
  type NamedFile,
} from './asset-use.queries.ts';
export { importResources, type ImportedItem, type ImportedResource } from './import-resources.ts';
export { checkedContent } from './write-revision.ts';
export { requireContent } from './content.rules.ts';
export { draftsOf, publishedSince, scheduledWork, stagesOf } from './work.queries.ts';
