import { KeysPage } from '../features/exchange/keys-page.tsx';
import { ExchangeSections } from './exchange-sections.tsx';

export function ExchangeScreen() {
  return <KeysPage sections={<ExchangeSections />} />;
}
