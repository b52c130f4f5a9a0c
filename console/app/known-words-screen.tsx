import { KnownWordsPage } from '../features/proofreading/known-words-page.tsx';
import { useSession } from '../lib/services.tsx';
import { RuleSections } from './rule-sections.tsx';

export function KnownWordsScreen() {
  return <KnownWordsPage sections={<RuleSections />} mayKeep={useSession().roles.includes('operator')} />;
}
