import { App, Button } from 'antd';

import type { Finding } from '../../../../contracts/proofreading.ts';
import { FindingList } from '../../../ui/finding-list.tsx';
import type { DraftFindings } from './use-findings.ts';

interface Props {
  readonly found: DraftFindings;
  readonly partName: (part: string) => string;
  readonly onGo: (finding: Finding) => void;
  /** False when the words are not there any more. */
  readonly onTake: (finding: Finding) => boolean;
}

/** Beside the text: what was found, a way there, and what could stand there instead. */
export function FindingPanel({ found, partName, onGo, onTake }: Props) {
  const { message } = App.useApp();
  const { answer, isChecking, isFailed } = found;
  const take = (finding: Finding): void => {
    if (!onTake(finding)) void message.info('这里的文字已经改动，稍候会重新校核。');
  };
  return (
    <section aria-label="校核结果">
      <p role="status" className="hint">
        {statusText(answer?.findings.length, { isChecking, isFailed })}
      </p>
      {answer?.complete === false ? (
        <p className="hint">内容较长或问题较多，这里只列出一部分；改正后会继续校核。</p>
      ) : null}
      <FindingList
        findings={answer?.findings ?? []}
        partName={partName}
        actions={(finding) => (
          <>
            {finding.place.part.startsWith('file:') ? null : (
              <Button
                size="small"
                onClick={() => {
                  onGo(finding);
                }}
              >
                到这一处
              </Button>
            )}
            {finding.suggestion === null || finding.place.part.startsWith('file:') ? null : (
              <Button
                size="small"
                type="primary"
                ghost
                onClick={() => {
                  take(finding);
                }}
              >
                采用建议：{finding.suggestion === '' ? '删去' : finding.suggestion}
              </Button>
            )}
          </>
        )}
      />
    </section>
  );
}

function statusText(
  count: number | undefined,
  { isChecking, isFailed }: { readonly isChecking: boolean; readonly isFailed: boolean },
): string {
  if (isFailed) return '暂时无法校核，提交时仍会校核。';
  if (count === undefined || isChecking) return '正在校核…';
  return count === 0 ? '没有发现问题。' : `发现 ${String(count)} 处，请逐条核对。`;
}
