export { AccountPage as AccountScreen } from '../features/identity/account-page.tsx';
