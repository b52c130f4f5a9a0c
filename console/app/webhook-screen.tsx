import { getRouteApi } from '@tanstack/react-router';

import { WebhookPage } from '../features/webhook/webhook-page.tsx';
import { ExchangeSections } from './exchange-sections.tsx';

const route = getRouteApi('/exchange/webhooks/$id');

export function WebhookScreen() {
  const { id } = route.useParams();
  return <WebhookPage key={id} id={id} sections={<ExchangeSections />} />;
}
