import { correctionStateNames, type CorrectionSummary } from '../../../contracts/interaction.ts';

/** How far it is, and until when. */
export function DueTag({ item }: { readonly item: Pick<CorrectionSummary, 'state' | 'dueOn' | 'overdue'> }) {
  if (item.state !== 'open') {
    const tone = item.state === 'answered' ? 'stage-live' : '';
    return (
      <span className={`stage ${tone}`}>
        {correctionStateNames[item.state]}
        {item.overdue ? '（超期）' : ''}
      </span>
    );
  }
  if (item.dueOn === null) return <span className="stage stage-withdrawn">期限待定：工作日历缺少这一年</span>;
  return (
    <span className={`stage ${item.overdue ? 'stage-returned' : 'stage-in-review'}`}>
      {item.overdue ? `已超期，应于 ${item.dueOn} 前答复` : `${item.dueOn} 前答复`}
    </span>
  );
}
