export { KeysPage as ExchangeScreen } from '../features/exchange/keys-page.tsx';
