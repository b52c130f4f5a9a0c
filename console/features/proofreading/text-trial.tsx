import { Button, Input } from 'antd';
import { useState } from 'react';

import type { Finding } from '../../../contracts/proofreading.ts';
import { ruleSetApi, trialCharacters } from '../../../contracts/rule-set.ts';
import { useClient } from '../../lib/services.tsx';
import { FindingList } from '../../ui/finding-list.tsx';
import { useAct } from '../../ui/use-act.ts';

/** What the rules in force find in a text that nobody keeps. */
export function TextTrial() {
  const client = useClient();
  const [text, setText] = useState('');
  const trial = useAct<string, Finding[]>({
    act: (given) => client.call(ruleSetApi.tryText, { body: { text: given } }),
  });
  return (
    <section className="detail" aria-label="试校一段文字">
      <h2>试校一段文字</h2>
      <Input.TextArea
        aria-label="要试校的文字"
        rows={4}
        maxLength={trialCharacters}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <p>
        <Button
          disabled={text.trim() === ''}
          loading={trial.isPending}
          onClick={() => {
            trial.mutate(text);
          }}
        >
          试校
        </Button>
      </p>
      <div role="status">{trial.data?.length === 0 ? '没有发现问题。' : null}</div>
      <FindingList findings={trial.data ?? []} partName={() => '试校文字'} />
    </section>
  );
}
