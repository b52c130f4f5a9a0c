import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Select, Tag } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import {
  type AcceptedProposal,
  libraryApi,
  proposedKinds,
  type ProposalState,
  type RelationProposal,
} from '../../../contracts/library.ts';
import { forget, pagesFor, queryFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { ChoiceFilter, FilterForm, UnitFilter } from '../../ui/filters.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useDeed } from '../../ui/use-act.ts';
import { AcceptAll } from './accept-all.tsx';
import { countText } from './list-state.ts';
import { leastConfidences, type ProposalListState, proposalQuery } from './proposal-state.ts';

interface Props {
  readonly state: ProposalListState;
  readonly onChange: (state: ProposalListState) => void;
}

const kindNames: Readonly<Record<RelationProposal['kind'], string>> = {
  replacedBy: '已有新版本',
  repeals: '废止',
  amends: '修改',
};
const stateNames: Readonly<Record<ProposalState, string>> = {
  proposed: '待处理',
  accepted: '已采纳',
  dismissed: '已忽略',
};

/** What the platform thinks belongs together among documents, for the editors of the naming side. */
export function ProposalPage({ state, onChange }: Props) {
  const client = useClient();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  const list = useInfiniteQuery(pagesFor(client, libraryApi.listProposals, { query: proposalQuery(state) }));
  const change = (part: {
    readonly [K in keyof ProposalListState]?: ProposalListState[K] | undefined;
  }): void => {
    onChange(compact<ProposalListState>({ ...state, ...part }));
  };
  return (
    <Page
      title="文件关系建议"
      subtitle="后台按标题、日期和正文找出同一文件的各个版本，以及修改、废止其他文件的表述。采纳后写成修改稿，提交审核后生效。"
      actions={<Link to="/resources/alike">相近信息</Link>}
    >
      <FilterForm label="筛选文件关系建议">
        <label>
          处理情况
          <Select
            value={state.state ?? 'proposed'}
            options={Object.entries(stateNames).map(([value, label]) => ({
              value: value as ProposalState,
              label,
            }))}
            onChange={(value) => {
              change({ state: value === 'proposed' ? undefined : value });
            }}
          />
        </label>
        <ChoiceFilter
          label="关系"
          value={state.kind}
          options={proposedKinds.map((value) => ({ value, label: kindNames[value] }))}
          onChange={(chosen) => {
            change({ kind: chosen });
          }}
        />
        <ChoiceFilter
          label="可信程度"
          value={state.least}
          options={leastConfidences.map((value) => ({ value, label: `${value}% 以上` }))}
          onChange={(chosen) => {
            change({ least: chosen });
          }}
        />
        <UnitFilter
          units={units.data ?? []}
          unitId={state.unitId}
          onChange={(unitId) => {
            change({ unitId });
          }}
        />
      </FilterForm>
      <Loaded query={list} rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const count = pages[0]?.count;
          if (items.length === 0 || count === undefined) {
            return <EmptyState title="没有这样的建议" hint="政策文件发布或导入以后，后台会自动查找。" />;
          }
          return (
            <>
              <div className="row">
                <p className="hint" role="status">
                  共 {countText(count)} 条，已显示 {items.length} 条
                </p>
                {items.some((one) => one.canDecide) ? (
                  <AcceptAll state={state} count={countText(count)} />
                ) : null}
              </div>
              <ProposalTable items={items} />
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function ProposalTable({ items }: { readonly items: readonly RelationProposal[] }) {
  return (
    <table className="list-table list-compact">
      <caption className="visually-hidden">文件关系建议</caption>
      <thead>
        <tr>
          <th scope="col">文件</th>
          <th scope="col">关系</th>
          <th scope="col">另一文件</th>
          <th scope="col">依据</th>
          <th scope="col">处理</th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <Side label="文件" side={one.from} />
            <td data-label="关系" className="cell-word">
              <Tag>{kindNames[one.kind]}</Tag>
              <span className="hint">{one.confidence}%</span>
            </td>
            <Side label="另一文件" side={one.to} />
            <td data-label="依据" className="proposal-evidence">
              {one.evidence}
            </td>
            <td data-label="处理">
              <Decision proposal={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ label, side }: { readonly label: string; readonly side: RelationProposal['from'] }) {
  return (
    <td data-label={label} className="cell-title">
      {side.isOpen ? (
        <Link to="/resources/$id" params={{ id: side.id }}>
          {side.title}
        </Link>
      ) : (
        side.title
      )}
      <span className="hint">
        {side.unitName}
        {side.writtenOn === null ? '' : ` · ${side.writtenOn}`}
      </span>
    </td>
  );
}

const acceptedWords = ({ changed, left }: AcceptedProposal): string =>
  `已写成 ${String(changed.length)} 份修改稿，请检查后提交审核${left.length > 0 ? '；另一文件由它的单位更改有效性' : ''}`;

function Decision({ proposal: { id, from, state, canDecide } }: { readonly proposal: RelationProposal }) {
  const client = useClient();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const onDone = (): Promise<unknown> => forget(queries, libraryApi.listProposals, libraryApi.getRelations);
  const accept = useDeed<AcceptedProposal>({
    act: () => client.call(libraryApi.acceptProposal, { params: { id } }),
    onDone: (accepted) => {
      void message.success(acceptedWords(accepted), 6);
      return onDone();
    },
  });
  const dismiss = useDeed({
    act: () => client.call(libraryApi.dismissProposal, { params: { id } }),
    done: '已忽略，不再提示',
    onDone,
  });
  if (!canDecide) return <span className="hint">{stateNames[state]}</span>;
  return (
    <div className="row">
      <Button
        size="small"
        type="primary"
        ghost
        aria-label={`采纳：${from.title}`}
        loading={accept.isPending}
        onClick={() => {
          accept.mutate();
        }}
      >
        采纳
      </Button>
      {state === 'proposed' ? (
        <Button
          size="small"
          aria-label={`忽略：${from.title}`}
          loading={dismiss.isPending}
          onClick={() => {
            dismiss.mutate();
          }}
        >
          忽略
        </Button>
      ) : null}
    </div>
  );
}
