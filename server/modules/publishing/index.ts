export { adoptPages } from './adopt-pages.ts';
export { createFileReader } from './file-reader.ts';
export { openPageReader, openPageStore, type PagePlace } from './open-store.ts';
export { applyEvents, type TagsChanged } from './apply-events.ts';
export { backgroundProgress, type BackgroundProgress, pauseBackground } from './background.queries.ts';
export { countReady, retryFailing } from './dirty.queries.ts';
export { createFileStore } from './file-store.ts';
export type { PageReader } from './page-reader.ts';
export { loadPageKey } from './page-key.ts';
export { createPageProof, type PageProof } from './page-proof.ts';
export type {
  HostTable,
  LoadedPage,
  Outcome,
  PageDefinition,
  Priority,
  PublishingLog,
  RenderablePage,
} from './page.types.ts';
export { countRedirects, redirectPart, redirectStep } from './package.queries.ts';
export { pagesWithTag } from './page.queries.ts';
export { canonicalPath, encodeAddress } from './page-path.ts';
export type { PageStore } from './page-store.ts';
export { createInlineWriter, type PageWriter } from './page-writer.ts';
export { nginxConfig, type NginxWishes } from './nginx-config.ts';
export { importRedirects, type RedirectReport } from './import-redirects.ts';
export { writeRedirectMaps } from './redirect-map.ts';
export { refusalReasons } from './redirect-list.ts';
export { redirectsOfSite } from './redirect.queries.ts';
export { settleRedirects } from './settle-redirects.ts';
export { createStoreGuard, type StoreGuard } from './store-guard.ts';
export { countAlarms, type AlarmCounts } from './alarm.queries.ts';
export { createThreadWriter } from './press-pool.ts';
export { createPublisher, type Publisher } from './publisher.ts';
export type { BuildReport, PublishingEngine } from './publishing-engine.ts';
export { fullRebuild, markAll } from './rebuild-all.ts';
export { rebuildDirty } from './rebuild-dirty.ts';
export { recoverIntents } from './recover-intents.ts';
export { type Receipt, type ReceiptWish, receiptsOf } from './receipt.queries.ts';
export { createRedirectTable, type FindRedirect } from './redirect-table.ts';
export { createPageServer, type PageServer, type PageServerOptions } from './serve-pages.ts';
export { type FailingPage, type PublishingStatus, publishingStatus } from './status.queries.ts';
export { restorePage, type StoreDifference, verifyStore } from './verify-store.ts';
export type { S3Settings } from './s3-bucket.ts';
export { securityHeaders } from './cached-page.ts';
export { loadPage } from './load-page.ts';
export { sendPlain } from './send-page.ts';
