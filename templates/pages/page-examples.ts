import { portalChrome } from './chrome.examples.ts';
import { articleExamples, policyExamples, recordExamples } from './article.examples.ts';
import { columnExamples } from './column.examples.ts';
import { filePreviewExamples } from './file-preview.examples.ts';
import { homeExamples } from './home.examples.ts';
import { goneExamples, unavailableExamples } from './missing.examples.ts';
import {
  albumExamples,
  guideExamples,
  institutionExamples,
  kindColumnExamples,
  leaderExamples,
  leavingExamples,
  videoExamples,
} from './kinds.examples.ts';
import { searchExamples } from './search.examples.ts';
import { siteMapExamples } from './site-map.examples.ts';
import { topicExamples } from './topic.examples.ts';
import { renderArticle, renderPolicy, renderRecord } from './article.tsx';
import { renderColumn } from './column.tsx';
import { formExamples } from './forms.examples.ts';
import { fillFormShell, renderFormShell } from './forms.tsx';
import { renderAccessibility, renderCorrection, renderCorrectionContact } from './guidance.tsx';
import { renderFilePreview } from './file-preview.tsx';
import { renderHome } from './home.tsx';
import { renderAlbum, renderGuide, renderInstitution, renderLeader, renderVideo } from './kinds.tsx';
import { renderLeaving, renderLeavingShell } from './leaving.tsx';
import { renderGone, renderNotFound, renderUnavailable } from './missing.tsx';
import { renderSearch } from './search.tsx';
import { renderSiteMap } from './site-map.tsx';
import { renderVerify } from './verify.tsx';
import { renderTopic } from './topic.tsx';

/** Every example of every page as a document: what the tests and the gallery go through. */
export function renderPageExamples(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  collect(pages, 'home', homeExamples, renderHome);
  collect(pages, 'topic', topicExamples, renderTopic);
  collect(pages, 'column', columnExamples, renderColumn);
  collect(pages, 'article', articleExamples, renderArticle);
  collect(pages, 'policy', policyExamples, renderPolicy);
  collect(pages, 'record', recordExamples, renderRecord);
  collect(pages, 'file preview', filePreviewExamples, renderFilePreview);
  collect(pages, 'column', kindColumnExamples, renderColumn);
  collect(pages, 'leader', leaderExamples, renderLeader);
  collect(pages, 'institution', institutionExamples, renderInstitution);
  collect(pages, 'guide', guideExamples, renderGuide);
  collect(pages, 'album', albumExamples, renderAlbum);
  collect(pages, 'video', videoExamples, renderVideo);
  collect(pages, 'leaving', leavingExamples, (props) =>
    renderLeavingShell(portalChrome, renderLeaving(props)),
  );
  collect(pages, 'site-map', siteMapExamples, renderSiteMap);
  collect(pages, 'search', searchExamples, (results) => renderSearch(portalChrome, results));
  collect(pages, 'gone', goneExamples, renderGone);
  collect(pages, 'unavailable', unavailableExamples, renderUnavailable);
  pages.set('not-found', renderNotFound(portalChrome));
  pages.set('accessibility', renderAccessibility(portalChrome));
  pages.set('correction', renderCorrection(portalChrome));
  pages.set('verify', renderVerify(portalChrome));
  pages.set('correction while away', renderCorrectionContact(portalChrome));
  const shell = renderFormShell(portalChrome);
  collect(pages, 'form', formExamples, (page) => fillFormShell(shell, page));
  return pages;
}

function collect<T>(
  pages: Map<string, string>,
  kind: string,
  examples: Readonly<Record<string, T>>,
  render: (props: T) => string,
): void {
  for (const [name, props] of Object.entries(examples)) pages.set(`${kind}: ${name}`, render(props));
}
