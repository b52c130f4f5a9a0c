import { getRouteApi } from '@tanstack/react-router';

import { SuggestedKeywords } from '../features/describing/suggested-keywords.tsx';
import { SuggestedSummary } from '../features/describing/suggested-summary.tsx';
import { EditorPage, type EditorSlots } from '../features/library/editor-page.tsx';
import { ResourceReceipts } from '../features/publishing/resource-receipts.tsx';
import { CommentNotice } from '../features/review/comment-notice.tsx';
import { OpenReviewNotice } from '../features/review/open-review-notice.tsx';
import { ResponsibilityPanel } from '../features/review/responsibility-panel.tsx';
import { ResourceUrgentNotice } from '../features/review/urgent-notice.tsx';
import { PlacementPicker } from '../features/sites/placement-picker.tsx';
import { ReleasePanel } from '../features/sites/release-panel.tsx';
import { TakeDownNotice } from '../features/sites/take-down-notice.tsx';
import { UsesPanel } from '../features/sites/uses-panel.tsx';

const route = getRouteApi('/resources/$id');

const slots: EditorSlots = {
  placements: (resource) => (
    <PlacementPicker resourceId={resource.id} editable={resource.actions.includes('place')} />
  ),
  uses: (resource) => (
    <UsesPanel
      resourceId={resource.id}
      reusable={resource.actions.includes('place') && resource.type !== 'home'}
      offerable={resource.actions.includes('edit') && resource.type !== 'home' && resource.type !== 'topic'}
    />
  ),
  release: (resource) => <ReleasePanel resource={resource} />,
  responsibility: (resource) => <ResponsibilityPanel resourceId={resource.id} />,
  receipts: (resource) => <ResourceReceipts resourceId={resource.id} />,
  suggestion: ({ key }, beside) => {
    if (key === 'keywords') return <SuggestedKeywords {...beside} />;
    return key === 'summary' ? <SuggestedSummary {...beside} /> : null;
  },
  review: (resource) => (
    <>
      <TakeDownNotice resourceId={resource.id} />
      <ResourceUrgentNotice resourceId={resource.id} />
      {resource.stage === 'in-review' ? (
        <OpenReviewNotice resourceId={resource.id} />
      ) : (
        <CommentNotice resourceId={resource.id} />
      )}
    </>
  ),
};

/** Where library, sites, review, publishing and what is suggested meet. */
export function EditorScreen() {
  const { id } = route.useParams();
  return <EditorPage key={id} id={id} slots={slots} place={route.useSearch()} />;
}
