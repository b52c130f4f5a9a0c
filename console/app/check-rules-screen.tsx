import { CheckRulesPage } from '../features/proofreading/check-rules-page.tsx';
import { useSession } from '../lib/services.tsx';
import { RuleSections } from './rule-sections.tsx';

export function CheckRulesScreen() {
  return <CheckRulesPage sections={<RuleSections />} mayKeep={useSession().roles.includes('operator')} />;
}
