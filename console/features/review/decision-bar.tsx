import { Button } from 'antd';

import type { NewDecision, Review } from '../../../contracts/review.ts';

interface WayBack {
  readonly action: NewDecision['action'];
  readonly label: string;
}

/** The way for whoever does not agree; null where there is none. */
export function givingBack(
  { actions }: Review,
  { withholds, backTo }: { readonly withholds: boolean; readonly backTo: number | null },
): WayBack | null {
  if (actions.includes('object')) return { action: 'object', label: '补审不通过' };
  if (!actions.includes('return')) return null;
  if (withholds) return { action: 'return', label: '不公开，退回' };
  return { action: backTo === null ? 'return' : 'send-back', label: '退回' };
}

interface BarProps {
  readonly giving: WayBack | null;
  /** What an approval is called; null where there is none. */
  readonly approves: string | null;
  readonly pending: NewDecision['action'] | null;
  readonly onSend: (action: NewDecision['action']) => void;
}

/** The ways out of the form: what does not agree, and what does. */
export function DecisionBar({ giving, approves, pending, onSend }: BarProps) {
  return (
    <div className="decision-bar">
      {giving === null ? null : (
        <Button
          size="large"
          danger
          loading={pending === giving.action}
          disabled={pending !== null}
          onClick={() => {
            onSend(giving.action);
          }}
        >
          {giving.label}
        </Button>
      )}
      {approves === null ? null : (
        <Button
          size="large"
          type="primary"
          loading={pending === 'approve'}
          disabled={pending !== null}
          onClick={() => {
            onSend('approve');
          }}
        >
          {approves}
        </Button>
      )}
    </div>
  );
}
