import { Button } from 'antd';
import { useState } from 'react';

import { describingApi, type SuggestedKeywords as Suggested } from '../../../contracts/describing.ts';
import { useClient } from '../../lib/services.tsx';
import { useDeed } from '../../ui/use-act.ts';
import type { SuggestionProps } from './suggestion.types.ts';

const mostKeywords = 10;

/** Keywords that the text suggests; each is taken by itself, and none without a click. */
export function SuggestedKeywords({ resourceId, value, onSave, onChange }: SuggestionProps) {
  const client = useClient();
  const [suggested, setSuggested] = useState<readonly string[] | null>(null);
  const taken = Array.isArray(value) ? (value as readonly string[]) : [];
  const suggest = useDeed<Suggested>({
    act: async () => {
      await onSave();
      return client.call(describingApi.suggestKeywords, { params: { id: resourceId } });
    },
    onDone: ({ keywords }) => {
      setSuggested(keywords);
    },
  });
  const open = (suggested ?? []).filter((word) => !taken.includes(word));
  return (
    <div className="suggestion">
      <Button
        size="small"
        loading={suggest.isPending}
        onClick={() => {
          suggest.mutate();
        }}
      >
        建议关键词
      </Button>
      {suggested === null ? null : (
        <div role="group" aria-label="建议的关键词" className="suggestion-words">
          {open.map((word) => (
            <Button
              key={word}
              size="small"
              type="dashed"
              disabled={taken.length >= mostKeywords}
              aria-label={`添加关键词：${word}`}
              onClick={() => {
                onChange([...taken, word]);
              }}
            >
              + {word}
            </Button>
          ))}
          <span role="status" className="hint">
            {wordOf(open.length, taken.length)}
          </span>
        </div>
      )}
    </div>
  );
}

function wordOf(open: number, taken: number): string {
  if (taken >= mostKeywords) return `关键词最多 ${String(mostKeywords)} 个。`;
  return open === 0 ? '没有更多建议。' : '';
}
