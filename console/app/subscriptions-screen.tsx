export { SubscriptionsPage as SubscriptionsScreen } from '../features/following/subscriptions-page.tsx';
