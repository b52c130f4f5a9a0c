import { WebhooksPage } from '../features/webhook/webhooks-page.tsx';
import { ExchangeSections } from './exchange-sections.tsx';

export function WebhooksScreen() {
  return <WebhooksPage sections={<ExchangeSections />} />;
}
