import { Button } from 'antd';
import { useState } from 'react';

import { mostTogether, type ReviewSummary } from '../../../contracts/review.ts';
import { BatchDialog } from './batch-dialog.tsx';

interface Props {
  readonly chosen: readonly ReviewSummary[];
  /** Those of the list that could be chosen. */
  readonly readable: readonly ReviewSummary[];
  readonly onChoose: (ids: readonly string[]) => void;
  readonly onDecided: () => void;
}

/** What can be done with the works that were chosen in the list. */
export function BatchBar({ chosen, readable, onChoose, onDecided }: Props) {
  const [works, setWorks] = useState<readonly ReviewSummary[] | null>(null);
  const end = (): void => {
    setWorks(null);
    onChoose([]);
  };
  const tooMany = chosen.length > mostTogether;
  return (
    <div className="bulk-bar" role="group" aria-label="一起审核">
      {readable.length === 0 ? (
        <span className="hint">打开看过的稿件可以勾选，一起通过。</span>
      ) : (
        <Button
          size="small"
          onClick={() => {
            onChoose(chosen.length > 0 ? [] : readable.slice(0, mostTogether).map(({ id }) => id));
          }}
        >
          {chosen.length > 0 ? '取消选择' : '选择全部已阅'}
        </Button>
      )}
      {chosen.length === 0 ? null : (
        <>
          <span>已选 {chosen.length} 篇</span>
          <Button
            type="primary"
            size="small"
            disabled={tooMany}
            onClick={() => {
              setWorks(chosen);
            }}
          >
            一起通过…
          </Button>
        </>
      )}
      {tooMany ? <span className="problem">一次最多 {mostTogether} 篇</span> : null}
      {works === null ? null : (
        <BatchDialog
          works={works}
          onDecided={() => {
            end();
            onDecided();
          }}
          onClose={() => {
            setWorks(null);
          }}
        />
      )}
    </div>
  );
}
