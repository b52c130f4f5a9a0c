import { renderToString } from 'preact-render-to-string';
import type { Examples } from './examples.ts';
import { attachmentsExamples } from './attachments/attachments.examples.tsx';
import { blocksExamples } from './blocks/blocks.examples.tsx';
import { breadcrumbExamples } from './breadcrumb/breadcrumb.examples.tsx';
import { cardsBlockExamples } from './cards-block/cards-block.examples.tsx';
import { chartBlockExamples } from './chart-block/chart-block.examples.tsx';
import { columnBodyExamples } from './column-body/column-body.examples.tsx';
import { columnSearchExamples } from './column-search/column-search.examples.tsx';
import { columnsBlockExamples } from './columns-block/columns-block.examples.tsx';
import { contactDetailsExamples } from './contact-details/contact-details.examples.tsx';
import { correctionNotesExamples } from './correction-notes/correction-notes.examples.tsx';
import { correctionFormExamples } from './correction-form/correction-form.examples.tsx';
import { disclosureNavigationExamples } from './disclosure-navigation/disclosure-navigation.examples.tsx';
import { disclosureTableExamples } from './disclosure-table/disclosure-table.examples.tsx';
import { entryBlockExamples } from './entry-block/entry-block.examples.tsx';
import { entryListExamples } from './entry-list/entry-list.examples.tsx';
import { factTableExamples } from './fact-table/fact-table.examples.tsx';
import { feedbackExamples } from './feedback/feedback.examples.tsx';
import { figuresBlockExamples } from './figures-block/figures-block.examples.tsx';
import { formFieldExamples } from './form-field/form-field.examples.tsx';
import { helpLinksExamples } from './help-links/help-links.examples.tsx';
import { leadBlockExamples } from './lead-block/lead-block.examples.tsx';
import { linksBlockExamples } from './links-block/links-block.examples.tsx';
import { mediumTagExamples } from './medium-tag/medium-tag.examples.tsx';
import { neighbourLinksExamples } from './neighbour-links/neighbour-links.examples.tsx';
import { noticesBlockExamples } from './notices-block/notices-block.examples.tsx';
import { pageHeadExamples } from './page-head/page-head.examples.tsx';
import { pageToolsExamples } from './page-tools/page-tools.examples.tsx';
import { pagerExamples } from './pager/pager.examples.tsx';
import { pictureBlockExamples } from './picture-block/picture-block.examples.tsx';
import { portraitExamples } from './portrait/portrait.examples.tsx';
import { profileBlockExamples } from './profile-block/profile-block.examples.tsx';
import { progressReportsExamples } from './progress-reports/progress-reports.examples.tsx';
import { searchFormExamples } from './search-form/search-form.examples.tsx';
import { searchResultsExamples } from './search-results/search-results.examples.tsx';
import { servicesBlockExamples } from './services-block/services-block.examples.tsx';
import { siteFooterExamples } from './site-footer/site-footer.examples.tsx';
import { siteHeaderExamples } from './site-header/site-header.examples.tsx';
import { sizedPictureExamples } from './sized-picture/sized-picture.examples.tsx';
import { tableOfContentsExamples } from './table-of-contents/table-of-contents.examples.tsx';
import { tabsBlockExamples } from './tabs-block/tabs-block.examples.tsx';
import { textBlockExamples } from './text-block/text-block.examples.tsx';
import { urgentNoticeExamples } from './urgent-notice/urgent-notice.examples.tsx';
import { validityExamples } from './validity/validity.examples.tsx';
import { videoBlockExamples } from './video-block/video-block.examples.tsx';

/** By folder. A component that is not here is neither tested nor seen. */
export const componentExamples: Readonly<Record<string, Examples>> = {
  attachments: attachmentsExamples,
  blocks: blocksExamples,
  breadcrumb: breadcrumbExamples,
  'cards-block': cardsBlockExamples,
  'chart-block': chartBlockExamples,
  'column-body': columnBodyExamples,
  'column-search': columnSearchExamples,
  'columns-block': columnsBlockExamples,
  'contact-details': contactDetailsExamples,
  'correction-form': correctionFormExamples,
  'correction-notes': correctionNotesExamples,
  'disclosure-navigation': disclosureNavigationExamples,
  'disclosure-table': disclosureTableExamples,
  'entry-block': entryBlockExamples,
  'entry-list': entryListExamples,
  'fact-table': factTableExamples,
  feedback: feedbackExamples,
  'figures-block': figuresBlockExamples,
  'form-field': formFieldExamples,
  'help-links': helpLinksExamples,
  'lead-block': leadBlockExamples,
  'links-block': linksBlockExamples,
  'medium-tag': mediumTagExamples,
  'neighbour-links': neighbourLinksExamples,
  'notices-block': noticesBlockExamples,
  'page-head': pageHeadExamples,
  'page-tools': pageToolsExamples,
  pager: pagerExamples,
  'picture-block': pictureBlockExamples,
  portrait: portraitExamples,
  'profile-block': profileBlockExamples,
  'progress-reports': progressReportsExamples,
  'search-form': searchFormExamples,
  'search-results': searchResultsExamples,
  'services-block': servicesBlockExamples,
  'site-footer': siteFooterExamples,
  'site-header': siteHeaderExamples,
  'sized-picture': sizedPictureExamples,
  'table-of-contents': tableOfContentsExamples,
  'tabs-block': tabsBlockExamples,
  'text-block': textBlockExamples,
  'urgent-notice': urgentNoticeExamples,
  validity: validityExamples,
  'video-block': videoBlockExamples,
};

/** Every state of every component as markup. */
export function renderComponentExamples(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const rendered = new Map<string, ReadonlyMap<string, string>>();
  for (const [component, examples] of Object.entries(componentExamples)) {
    const states = Object.entries(examples).map(([state, node]) => [state, renderToString(node)] as const);
    rendered.set(component, new Map(states));
  }
  return rendered;
}
