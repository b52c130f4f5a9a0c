import { Segmented } from 'antd';

import { useSession } from '../../lib/services.tsx';
import { Page } from '../../ui/page.tsx';
import { MatchDesk } from './match-desk.tsx';
import { OwnSubmissions } from './own-submissions.tsx';
import { SubmissionDesk } from './submission-desk.tsx';
import { SubmissionFigures } from './submission-figures.tsx';
import type { SubmissionState, SubmissionView } from './submission-state.ts';

interface Props {
  readonly state: SubmissionState;
  readonly onChange: (state: SubmissionState) => void;
}

const views: readonly (readonly [SubmissionView, string])[] = [
  ['waiting', '待采用'],
  ['matches', '待确认的映射'],
  ['own', '本单位报送'],
  ['figures', '统计'],
];

/** What units offer to columns of the portal, and what rules found for them: to be shown or returned. */
export function SubmissionsPage({ state, onChange }: Props) {
  const { roles } = useSession();
  const fills = roles.some((role) => role === 'editor' || role === 'reviewer' || role === 'principal');
  const show = state.show ?? (fills ? 'waiting' : 'figures');
  return (
    <Page
      title="报送与采用"
      subtitle="各单位把信息报送到门户栏目；栏目责任单位采用或退回。采用的仍是那一份：原单位修改、撤回，门户随即一样。"
    >
      <div className="filters">
        <Segmented<SubmissionView>
          aria-label="显示哪些"
          value={show}
          options={views.map(([value, label]) => ({ value, label }))}
          onChange={(value) => {
            onChange({ show: value });
          }}
        />
      </div>
      {show === 'waiting' ? <SubmissionDesk /> : null}
      {show === 'matches' ? <MatchDesk /> : null}
      {show === 'own' ? <OwnSubmissions /> : null}
      {show === 'figures' ? <SubmissionFigures /> : null}
    </Page>
  );
}
