export { UrgentRulesPage as UrgentRulesScreen } from '../features/review/urgent-rules-page.tsx';
