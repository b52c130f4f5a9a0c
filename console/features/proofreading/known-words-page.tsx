import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { type KnownWord, spellingApi, type SpellingState } from '../../../contracts/spelling.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText, minuteText } from '../../lib/time.ts';
import { WordsFilter } from '../../ui/filters.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { KnownWordsForm } from './known-words-form.tsx';
import type { SectionProps } from './section-props.ts';

/** 常用词: words that are right, whatever the finder of misspellings thinks. */
export function KnownWordsPage({ sections, mayKeep }: SectionProps) {
  const client = useClient();
  const spelling = useQuery(queryFor(client, spellingApi.getSpelling, {}));
  const [adding, setAdding] = useState(false);
  return (
    <Page
      wide
      title="校核规则"
      subtitle="地名、单位名等本地常用词，疑似错别字检查不再怀疑它们。"
      actions={
        mayKeep ? (
          <Button
            type="primary"
            onClick={() => {
              setAdding(true);
            }}
          >
            添加常用词
          </Button>
        ) : undefined
      }
    >
      {sections}
      <Loaded query={spelling} rows={4}>
        {({ state, words }) => (
          <>
            <p className="hint">{learnedText(state)}</p>
            {words.length === 0 ? (
              <EmptyState title="还没有常用词" hint="正确的词被误报为错别字时，加到这里。" />
            ) : (
              <WordList words={words} mayKeep={mayKeep} />
            )}
          </>
        )}
      </Loaded>
      <KnownWordsForm
        open={adding}
        onClose={() => {
          setAdding(false);
        }}
      />
    </Page>
  );
}

function learnedText({ isLearned, texts, characters, trainedAt }: SpellingState): string {
  if (!isLearned) return '已发布的文字还不够学习，疑似错别字检查暂不工作。';
  const [count, length] = [texts.toLocaleString('zh-CN'), characters.toLocaleString('zh-CN')];
  const when = trainedAt === null ? '' : `，${minuteText(trainedAt)}`;
  return `疑似错别字检查从 ${count} 篇已发布信息、${length} 字中学到用词习惯${when}。`;
}

/** So many are drawn at once; the others are found by searching. */
const mostShown = 300;

function WordList({ words, mayKeep }: { readonly words: readonly KnownWord[]; readonly mayKeep: boolean }) {
  const client = useClient();
  const queries = useQueryClient();
  const [sought, setSought] = useState('');
  const remove = useAct<KnownWord>({
    act: ({ id }) => client.call(spellingApi.removeKnownWord, { params: { id } }),
    done: '已移除',
    onDone: () => forget(queries, spellingApi.getSpelling),
  });
  const found = words.filter(({ word }) => word.includes(sought));
  return (
    <>
      <div className="filters">
        <WordsFilter label="查找常用词" words={sought} onChange={setSought} />
      </div>
      <p className="hint" role="status">
        {sought === '' ? `共 ${String(words.length)} 个` : `找到 ${String(found.length)} 个`}
        {found.length > mostShown ? `，显示最近加入的 ${String(mostShown)} 个` : ''}
      </p>
      <ul className="word-list">
        {found.slice(0, mostShown).map((one) => (
          <li key={one.id} title={`${one.addedByName} ${dayText(one.addedAt)}加入`}>
            {one.word}
            {mayKeep ? (
              <button
                type="button"
                className="plain-button"
                aria-label={`移除“${one.word}”`}
                disabled={remove.isPending}
                onClick={() => {
                  remove.mutate(one);
                }}
              >
                移除
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
