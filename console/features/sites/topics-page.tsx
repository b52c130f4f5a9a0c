import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Segmented, Space } from 'antd';
import { useState } from 'react';

import {
  sitesApi,
  type Topic,
  type TopicState,
  topicStateNames,
  topicStates,
} from '../../../contracts/sites.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { EndTopic, TopicDialog } from './topic-dialog.tsx';

export type TopicsShown = TopicState | 'all';

interface Props {
  readonly shown: TopicsShown;
  readonly onShow: (shown: TopicsShown) => void;
}

/** Topics that citizens can read, who looks after them, and until when they go on. */
export function TopicsPage({ shown, onShow }: Props) {
  const client = useClient();
  const query = shown === 'all' ? {} : { state: shown };
  const list = useInfiniteQuery(pagesFor(client, sitesApi.listTopics, { query }));
  const [chosen, setChosen] = useState<Topic | null>(null);
  const [ending, setEnding] = useState<Topic | null>(null);
  return (
    <Page
      title="专题"
      subtitle="已发布的专题：谁负责、到哪天结束。结束的专题注明归档，首页不再展示，原网址一直可以访问。"
      actions={<Link to="/resources">信息资源</Link>}
    >
      <Segmented<TopicsShown>
        aria-label="显示哪些专题"
        value={shown}
        onChange={onShow}
        options={[
          { value: 'all', label: '全部' },
          ...topicStates.map((value) => ({ value, label: topicStateNames[value] })),
        ]}
      />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return shown === 'all' ? (
              <EmptyState title="还没有发布的专题" hint="在信息资源里新建“专题”，签发后出现在这里。" />
            ) : (
              <EmptyState title={`没有${topicStateNames[shown]}的专题`} />
            );
          }
          return (
            <>
              <TopicTable items={items} onChange={setChosen} onEnd={setEnding} />
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
      {chosen === null ? null : (
        <TopicDialog
          topic={chosen}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
      {ending === null ? null : (
        <EndTopic
          topic={ending}
          onClose={() => {
            setEnding(null);
          }}
        />
      )}
    </Page>
  );
}

interface TableProps {
  readonly items: readonly Topic[];
  readonly onChange: (topic: Topic) => void;
  readonly onEnd: (topic: Topic) => void;
}

const badgeOf: Readonly<Record<TopicState, string>> = {
  running: 'badge',
  ending: 'badge badge-late',
  ended: 'badge',
};

function TopicTable({ items, onChange, onEnd }: TableProps) {
  return (
    <table className="list-table">
      <caption className="visually-hidden">专题</caption>
      <thead>
        <tr>
          <th scope="col">专题</th>
          <th scope="col">状态</th>
          <th scope="col">结束日期</th>
          <th scope="col">责任单位</th>
          <th scope="col">负责人</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {items.map((topic) => (
          <tr key={topic.resourceId}>
            <td className="cell-title" data-label="专题">
              <Link to="/resources/$id" params={{ id: topic.resourceId }}>
                {topic.title}
              </Link>
              <p className="hint">
                {topic.siteName}
                {topic.url === null ? null : (
                  <>
                    {' · '}
                    <a href={topic.url} target="_blank" rel="noreferrer" aria-label={`看网页 ${topic.title}`}>
                      看网页
                    </a>
                  </>
                )}
              </p>
            </td>
            <td data-label="状态">
              <span className={badgeOf[topic.state]}>{topicStateNames[topic.state]}</span>
            </td>
            <td data-label="结束日期">{topic.endsOn ?? <span className="hint">未定</span>}</td>
            <td data-label="责任单位">{topic.unitName}</td>
            <td data-label="负责人">{topic.keeperName ?? <span className="hint">未指定</span>}</td>
            <td data-label="操作">
              {topic.changeable ? (
                <Space size="small" wrap>
                  <Button
                    size="small"
                    aria-label={`延期、负责人 ${topic.title}`}
                    onClick={() => {
                      onChange(topic);
                    }}
                  >
                    延期、负责人
                  </Button>
                  {topic.state === 'ended' ? null : (
                    <Button
                      size="small"
                      danger
                      aria-label={`结束 ${topic.title}`}
                      onClick={() => {
                        onEnd(topic);
                      }}
                    >
                      结束
                    </Button>
                  )}
                </Space>
              ) : (
                <span className="hint">由责任单位办理</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
