import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Progress } from 'antd';
import { useRef, useState } from 'react';

import type { ResponseOf } from '../../../contracts/endpoint.ts';
import { libraryApi, type RelationProposal, type RelationProposalQuery } from '../../../contracts/library.ts';
import { sentenceOf } from '../../lib/api-error.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { type ProposalListState, proposalQuery } from './proposal-state.ts';

interface Refusal {
  readonly title: string;
  readonly reason: string;
}

interface Report {
  readonly total: number;
  readonly accepted: number;
  readonly drafts: number;
  readonly refused: readonly Refusal[];
  readonly ended: boolean;
}

interface Props {
  readonly state: ProposalListState;
  readonly count: string;
}

/** Takes everything that the filters show, one after the other, and says of each that was refused why. */
export function AcceptAll({ state, count }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const { modal } = App.useApp();
  const [report, setReport] = useState<Report>();
  const going = useRef<AbortController>(undefined);

  /** All of them first: what is accepted leaves the list, and would shift its pages. */
  const collect = async (): Promise<readonly RelationProposal[]> => {
    const all: RelationProposal[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: RelationProposalQuery = {
        ...proposalQuery(state),
        limit: 100,
        ...(cursor === '' ? {} : { cursor }),
      };
      const page: ResponseOf<typeof libraryApi.listProposals> = await client.call(libraryApi.listProposals, {
        query,
      });
      all.push(...page.items.filter((one) => one.canDecide));
      cursor = page.nextCursor;
    }
    return all;
  };

  const run = async (): Promise<void> => {
    const order = new AbortController();
    going.current = order;
    let now: Report = { total: 0, accepted: 0, drafts: 0, refused: [], ended: false };
    const show = (change: Partial<Report>): void => {
      now = { ...now, ...change };
      setReport(now);
    };
    show({});
    try {
      const all = await collect();
      show({ total: all.length });
      for (const { id, from } of all) {
        if (order.signal.aborted) break;
        try {
          const { changed } = await client.call(libraryApi.acceptProposal, { params: { id } });
          show({ accepted: now.accepted + 1, drafts: now.drafts + changed.length });
        } catch (error) {
          show({ refused: [...now.refused, { title: from.title, reason: sentenceOf(error) }] });
        }
      }
    } catch (error) {
      show({ refused: [...now.refused, { title: '列表', reason: sentenceOf(error) }] });
    }
    show({ ended: true });
    await forget(queries, libraryApi.listProposals);
  };

  return (
    <>
      <Button
        onClick={() => {
          void modal.confirm({
            title: `采纳列出的 ${count} 条建议？`,
            content: '每条都会在有关信息里写成新的修改稿，由您检查后提交审核；公开的内容在签发之前不变。',
            okText: '全部采纳',
            cancelText: '取消',
            onOk: () => void run(),
          });
        }}
      >
        全部采纳
      </Button>
      <Modal
        open={report !== undefined}
        title={report?.ended === true ? '采纳结果' : '正在采纳'}
        closable={false}
        mask={{ closable: false }}
        footer={
          report?.ended === true ? (
            <Button
              type="primary"
              onClick={() => {
                setReport(undefined);
              }}
            >
              关闭
            </Button>
          ) : (
            <Button
              onClick={() => {
                going.current?.abort();
              }}
            >
              停止
            </Button>
          )
        }
      >
        {report ? <ReportView report={report} /> : null}
      </Modal>
    </>
  );
}

function ReportView({ report: { total, accepted, drafts, refused } }: { readonly report: Report }) {
  const done = accepted + refused.length;
  return (
    <>
      <Progress percent={total === 0 ? 0 : Math.floor((done * 100) / total)} aria-label="进度" />
      <p role="status">
        已采纳 {accepted} 条，写成 {drafts} 份修改稿
        {refused.length > 0 ? `，${String(refused.length)} 条没有采纳` : ''}。
      </p>
      {refused.length > 0 ? (
        <ul className="plain-list">
          {refused.map(({ title, reason }, at) => (
            <li key={`${String(at)} ${title}`}>
              {title}：{reason}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
