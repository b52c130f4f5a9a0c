export { ChainsPage as ChainsScreen } from '../features/review/chains-page.tsx';
