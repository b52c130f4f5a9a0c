import { Page } from '../../ui/page.tsx';
import { PublishingCard } from './publishing-card.tsx';
import { RedirectCard } from './redirect-card.tsx';

export function PublishingPage() {
  return (
    <Page title="发布状态">
      <PublishingCard />
      <RedirectCard />
    </Page>
  );
}
