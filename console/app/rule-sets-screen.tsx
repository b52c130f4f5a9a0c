import { RuleSetsPage } from '../features/proofreading/rule-sets-page.tsx';
import { useSession } from '../lib/services.tsx';

export function RuleSetsScreen() {
  return <RuleSetsPage mayKeep={useSession().roles.includes('operator')} />;
}
