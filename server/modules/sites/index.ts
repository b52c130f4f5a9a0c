import type { PageDefinition } from '../../platform/page-definition.ts';
import type { Searchable } from '../../platform/searchable.ts';
import { articlePages } from './article.pages.ts';
import type { AtlasOptions } from './atlas.ts';
import { columnPages, listPages } from './column.pages.ts';
import { feedPages } from './feed.pages.ts';
import { filePages } from './file.pages.ts';
import { previewPages } from './preview.pages.ts';
import { homePages } from './home.pages.ts';
import { articleSearchable } from './searchables.ts';
import { noticePages } from './notice.pages.ts';
import { urgentPages } from './urgent.pages.ts';
import { reusedPages } from './reused.pages.ts';
import { sitePages } from './site.pages.ts';
import { sitemapColumnPages, sitemapIndexPages, sitemapPartPages } from './sitemap.pages.ts';

export { filePath, homeUrlOf, type PublicBase } from './address.rules.ts';
export type { AtlasOptions } from './atlas.ts';
export { checkLinks, isAnyLinkUnchecked, type LinkChecker } from './check-links.ts';
export { changeCatalogue } from './change-catalogue.ts';
export { changeColumn, createColumn } from './change-column.ts';
export { changeListing } from './change-listing.ts';
export { changeSite } from './change-site.ts';
export { columnTasks } from './column-tasks.ts';
export { columnById, columnsById, columnsOfSites, type ColumnRow } from './column.queries.ts';
export { columnLinesAround, columnLinesOf } from './column-line.queries.ts';
export { takesEntries } from './column.rules.ts';
export { writing } from './compose-resource.ts';
export { createSite, type NewSite } from './create-site.ts';
export { sitesNamings } from './unit-namings.ts';
export { validityCode } from './entries.ts';
export { isRecordOf, isShown, wasShown } from './exposure.queries.ts';
export { hostsTag, sitesEvents } from './events.ts';
export { hostTable } from './host-table.ts';
export { addressesOf } from './listing.queries.ts';
export { type ArchiveBatch, columnForArchive, importArchive } from './import-archive.ts';
export { moveArchive, removeArchive } from './move-archive.ts';
export { type OpenPlace, openPlaces } from './open-places.ts';
export { remindersDue, remindOfUpdates } from './remind-of-updates.ts';
export { requireAllowedSource } from './require-allowed-source.ts';
export { requireCorrectionNote } from './require-correction-note.ts';
export { takeDownTasks } from './answer-take-down.ts';
export { publishRevision, takeDownResource, withdrawResource } from './publish-resource.ts';
export { requireBlockColumns, requirePlace } from './require-place.ts';
export { type BulkRunner, runBulk } from './run-bulk.ts';
export type { DueRunner } from './due-attempt.ts';
export { isAnythingDue, runDue } from './run-due.ts';
export { releasesAtOnce, runReleases } from './run-releases.ts';
export { waitingAmong } from './joint-release.queries.ts';
export {
  addReleaseMember,
  cancelJointRelease,
  changeJointRelease,
  planJointRelease,
  removeReleaseMember,
} from './plan-joint-release.ts';
export { clearFile, quarantineFile } from './quarantine-file.ts';
export { compressPictures } from './compress-pictures.ts';
export { previewFiles } from './preview-files.ts';
export { readDocuments } from './read-documents.ts';
export { sitesShowing } from './site-pictures.ts';
export { sizePictures } from './size-pictures.ts';
export { isScanNight, scanFiles, type ScanRunner } from './scan-files.ts';
export {
  chooseAnnouncers,
  chooseKeepers,
  choosePictures,
  countSites,
  keepPlacedOn,
  placementSteps,
  portalName,
  siteParts,
  siteSteps,
} from './package.queries.ts';
export { chooseTakers } from './joint-package.queries.ts';
export { endReuse } from './end-reuse.ts';
export { isMappingDue } from './mapping-turn.queries.ts';
export { type MappingRunner, renewMappingRules, stepMappingRules } from './run-mapping-rules.ts';
export { changeMappingRule, createMappingRule, endMappingRule } from './change-mapping-rule.ts';
export { setColumnWriters } from './column-writers.ts';
export { setColumnLink } from './set-column-link.ts';
export { adoptSubmission, returnSubmission } from './decide-submission.ts';
export { decideMappingMatch } from './decide-mapping-match.ts';
export { offerResource, withdrawSubmission } from './offer-resource.ts';
export { removeEntry } from './remove-entry.ts';
export { topicTasks } from './topic.presenter.ts';
export { waysTasks } from './ways-tasks.ts';
export { makeReuse } from './make-reuse.ts';
export { endUrgentNotice, raiseUrgent } from './raise-urgent.ts';
export { mainColumnsOf, placeNames } from './placement.queries.ts';
export { idsOnSite, placedIn } from './placed-in.queries.ts';
export { presentAddress } from './placement.presenter.ts';
export { type PageKeeper, responsibleUnitAt } from './responsible-unit.ts';
export { reviseArchive, type RevisedBatch } from './revise-archive.ts';
export { reuseResource } from './reuse-resource.ts';
export { setMappings } from './set-mappings.ts';
export { setPlacements } from './set-placements.ts';
export { leavingMarker, leavingShellPath, searchMarker, searchShellPath } from './site.pages.ts';
export { allSites, type SiteRow } from './site.queries.ts';
export { sitesRoutes } from './site.routes.ts';
export { nameAddresses, presentSiteUses } from './use.presenter.ts';

/** Every public page the platform has so far. */
export function publicPages(options: AtlasOptions): readonly PageDefinition[] {
  return [
    homePages(options),
    urgentPages(options),
    articlePages(options),
    reusedPages(options),
    columnPages(options),
    listPages(options),
    feedPages(options),
    filePages(),
    previewPages(options),
    ...sitePages(options),
    noticePages(options),
    sitemapColumnPages(options),
    sitemapIndexPages(options.base),
    sitemapPartPages(options.base),
  ];
}

export function searchables(options: AtlasOptions): readonly Searchable[] {
  return [articleSearchable(options.base)];
}
export {
  columns as columnHolding,
  sites as siteHolding,
  sitesHoldings,
  sitesKeptColumns,
} from './unit-holdings.ts';
