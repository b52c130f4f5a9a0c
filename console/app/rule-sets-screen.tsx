import { RuleSetsPage } from '../features/proofreading/rule-sets-page.tsx';
import { useSession } from '../lib/services.tsx';
import { RuleSections } from './rule-sections.tsx';

export function RuleSetsScreen() {
  return <RuleSetsPage sections={<RuleSections />} mayKeep={useSession().roles.includes('operator')} />;
}
