import { Button } from 'antd';
import { useState } from 'react';

import { describingApi, type SuggestedSummary as Suggested } from '../../../contracts/describing.ts';
import { useClient } from '../../lib/services.tsx';
import { useDeed } from '../../ui/use-act.ts';
import type { SuggestionProps } from './suggestion.types.ts';

/** Where a suggestion stands: shown, and taken over what was there before. */
interface Shown {
  readonly text: string;
  readonly before: string | null;
}

/** A summary of the text's own sentences: shown first, taken by a click, and taken back by another. */
export function SuggestedSummary({ resourceId, value, onSave, onChange }: SuggestionProps) {
  const client = useClient();
  const [shown, setShown] = useState<Shown | null>(null);
  const written = typeof value === 'string' ? value : '';
  const suggest = useDeed<Suggested>({
    act: async () => {
      await onSave();
      return client.call(describingApi.suggestSummary, { params: { id: resourceId } });
    },
    onDone: ({ summary }) => {
      setShown({ text: summary, before: null });
    },
  });
  return (
    <div className="suggestion">
      <Button
        size="small"
        loading={suggest.isPending}
        onClick={() => {
          suggest.mutate();
        }}
      >
        建议摘要
      </Button>
      <div role="status">
        {shown === null ? null : (
          <Proposal
            shown={shown}
            written={written}
            onTake={() => {
              setShown({ ...shown, before: written });
              onChange(shown.text);
            }}
            onUndo={(before) => {
              setShown({ ...shown, before: null });
              onChange(before);
            }}
          />
        )}
      </div>
    </div>
  );
}

interface ProposalProps {
  readonly shown: Shown;
  readonly written: string;
  readonly onTake: () => void;
  readonly onUndo: (before: string) => void;
}

function Proposal({ shown: { text, before }, written, onTake, onUndo }: ProposalProps) {
  if (text === '') return <p className="hint">正文里没有适合作摘要的句子。</p>;
  if (written === text) {
    return before === null ? (
      <p className="hint">现有摘要与建议相同。</p>
    ) : (
      <p className="hint">
        已采用建议的摘要。
        <Button
          size="small"
          type="link"
          onClick={() => {
            onUndo(before);
          }}
        >
          撤销
        </Button>
      </p>
    );
  }
  return (
    <>
      <p className="suggestion-text">{text}</p>
      <Button size="small" onClick={onTake}>
        {written === '' ? '采用' : '替换现有摘要'}
      </Button>
    </>
  );
}
