import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';

import { type OpinionInList, stanceNames } from '../../../contracts/opinion.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { limitText } from './opinion-texts.ts';

export type OpinionsShown = 'waiting' | 'answered';

interface Props {
  readonly shown: OpinionsShown;
  readonly onShow: (shown: OpinionsShown) => void;
}

/** What other units ask of ours (会签). */
export function OpinionListPage({ shown, onShow }: Props) {
  const client = useClient();
  const list = useInfiniteQuery(pagesFor(client, reviewApi.listOpinions, { query: { show: shown } }));
  return (
    <Page
      title="会签"
      subtitle="其他单位审核稿件时请本单位提的意见。一个单位答复一次，由任一审核员或者签发人答复。"
    >
      <Segmented<OpinionsShown>
        aria-label="显示哪些会签"
        value={shown}
        onChange={onShow}
        options={[
          { value: 'waiting', label: '等我答复' },
          { value: 'answered', label: '我答复过的' },
        ]}
      />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return shown === 'waiting' ? (
              <EmptyState
                title="没有等您答复的会签"
                hint="其他单位请本单位会签的稿件会出现在这里和工作台上。"
              />
            ) : (
              <EmptyState title="您还没有答复过会签" />
            );
          }
          return (
            <>
              <ul className="card-list">
                {items.map((item) => (
                  <OpinionCard key={item.id} item={item} />
                ))}
              </ul>
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function OpinionCard({ item }: { readonly item: OpinionInList }) {
  const { stance, endedAt } = item;
  return (
    <li>
      <div>
        <Link to="/reviews/$id" params={{ id: item.reviewId }} className="row-title">
          {item.title}
        </Link>
        <p className="hint">
          {item.workUnitName}请{item.unitName}会签：{item.question}
        </p>
      </div>
      {stance === null || endedAt === null ? (
        <span className={item.overdue ? 'problem' : 'hint'}>{limitText(item)}</span>
      ) : (
        <span className="hint">
          {stanceNames[stance]} · {minuteText(endedAt)}
        </span>
      )}
    </li>
  );
}
