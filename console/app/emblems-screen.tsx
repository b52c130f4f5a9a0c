import { EmblemsPage } from '../features/proofreading/emblems-page.tsx';
import { useSession } from '../lib/services.tsx';
import { RuleSections } from './rule-sections.tsx';

export function EmblemsScreen() {
  return <EmblemsPage sections={<RuleSections />} mayKeep={useSession().roles.includes('operator')} />;
}
