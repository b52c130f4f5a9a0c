export { DelegationsPage as DelegationsScreen } from '../features/review/delegations-page.tsx';
