import { HostRulingsPage } from '../features/proofreading/host-rulings-page.tsx';
import { useSession } from '../lib/services.tsx';
import { RuleSections } from './rule-sections.tsx';

export function HostRulingsScreen() {
  return <HostRulingsPage sections={<RuleSections />} mayKeep={useSession().roles.includes('operator')} />;
}
