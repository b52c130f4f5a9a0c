/** The public pages: data in, HTML out. No clock, no I/O; the same props give the same bytes. */
export * from './kind-types.ts';
export * from './page-types.ts';
export * from './search-types.ts';
export * from './block-types.ts';
export * from './form-types.ts';
export { prepareChrome, type PreparedChrome } from './document.tsx';
export { renderHome } from './pages/home.tsx';
export { renderTopic } from './pages/topic.tsx';
export { renderUrgentFragment } from './pages/urgent.tsx';
export { renderColumn } from './pages/column.tsx';
export { renderArticle, renderPolicy, renderRecord } from './pages/article.tsx';
export { renderAlbum, renderGuide, renderInstitution, renderLeader, renderVideo } from './pages/kinds.tsx';
export { type LeavingProps, renderLeaving, renderLeavingShell } from './pages/leaving.tsx';
export { renderSiteMap } from './pages/site-map.tsx';
export { renderSearch, renderSearchResults, renderSearchShell } from './pages/search.tsx';
export { renderGone, renderNotFound, renderUnavailable } from './pages/missing.tsx';
export { renderAccessibility, renderCorrection, renderCorrectionContact } from './pages/guidance.tsx';
export {
  fillFormShell,
  type FormPage,
  renderCorrectionForm,
  renderCorrectionStatus,
  renderFeedbackForm,
  renderFeedbackThanks,
  renderFormShell,
} from './pages/forms.tsx';
export { renderFilePreview } from './pages/file-preview.tsx';
export { renderVerify } from './pages/verify.tsx';
export { renderAtom, renderJsonFeed, renderRss, renderSitemapIndex, renderSitemapXml } from './feeds.ts';
export { outlineOf } from './outline.ts';
export { linkTarget, renderRichText } from './rich-text/index.ts';
export { renderThemeStylesheet } from './theme.ts';
export {
  ACCESSIBILITY_PATH,
  CORRECTION_FORM_PATH,
  CORRECTION_PATH,
  CORRECTION_STATUS_PATH,
  CORRECTIONS_PATH,
  FEEDBACK_PATH,
  FEEDBACK_THANKS_PATH,
  FORM_SHELL_PATH,
  LEAVING_PATH,
  QR_PATH,
  SEARCH_PATH,
  SITE_MAP_PATH,
  URGENT_PATH,
  VERIFY_PATH,
} from './addresses.ts';
