import type { Deadline } from '../../../contracts/review.ts';
import { minuteText } from '../../lib/time.ts';

const tones = { running: '', soon: 'stage-withdrawn', overdue: 'stage-returned' } as const;
const words = { running: '', soon: '即将到期，', overdue: '已超期，' } as const;

interface Props {
  readonly deadline: Deadline | null | undefined;
}

/** Until when a step is to be done, and how near that is; nothing where it has no time limit. */
export function DeadlineTag({ deadline }: Props) {
  if (!deadline) return null;
  const { state, dueAt } = deadline;
  return (
    <span className={`stage ${tones[state]}`}>
      {words[state]}
      {state === 'overdue' ? '应于 ' : ''}
      {minuteText(dueAt)} 前办理
    </span>
  );
}

/** The same on a line of its own. */
export function DeadlineLine({ deadline }: Props) {
  if (!deadline) return null;
  return (
    <p>
      <DeadlineTag deadline={deadline} />
    </p>
  );
}
