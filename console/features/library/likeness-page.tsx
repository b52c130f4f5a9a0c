import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import { type Likeness, type LikenessPair, libraryApi } from '../../../contracts/library.ts';
import { forget, pagesFor, queryFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { FilterForm, UnitFilter } from '../../ui/filters.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useDeed } from '../../ui/use-act.ts';
import { leastChoices, likenessQuery, type LikenessState } from './likeness-state.ts';
import { countText } from './list-state.ts';

interface Props {
  readonly state: LikenessState;
  readonly onChange: (state: LikenessState) => void;
}

/** Pairs of resources that say nearly the same. */
export function LikenessPage({ state, onChange }: Props) {
  const client = useClient();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  const list = useInfiniteQuery(pagesFor(client, libraryApi.listLikenesses, { query: likenessQuery(state) }));
  const unitList = units.data ?? [];
  return (
    <Page title="相近信息" subtitle="正文相似八成以上的信息，两两列出。后台自动比对，新写的内容稍后出现。">
      <FilterForm label="筛选相近信息">
        <label>
          相似程度
          <Select
            value={state.least ?? '80'}
            options={leastChoices.map((value) => ({
              value,
              label: value === '100' ? '完全相同' : `${value}% 以上`,
            }))}
            onChange={(least) => {
              onChange(compact<LikenessState>({ ...state, least: least === '80' ? undefined : least }));
            }}
          />
        </label>
        <UnitFilter
          units={unitList}
          unitId={state.unitId}
          onChange={(unitId) => {
            onChange(compact<LikenessState>({ ...state, unitId }));
          }}
        />
      </FilterForm>
      <Loaded query={list} rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const count = pages[0]?.count;
          if (items.length === 0 || count === undefined) {
            return (
              <EmptyState title="没有正文相近的信息" hint="重复发布的内容和同一文件的各个版本会列在这里。" />
            );
          }
          return (
            <>
              <p className="hint" role="status">
                共 {countText(count)} 对，已显示 {items.length} 对
              </p>
              <PairTable items={items} />
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function PairTable({ items }: { readonly items: readonly Likeness[] }) {
  return (
    <table className="list-table list-compact">
      <caption className="visually-hidden">相近信息</caption>
      <thead>
        <tr>
          <th scope="col">相似</th>
          <th scope="col">一条</th>
          <th scope="col">另一条</th>
          <th scope="col">发现于</th>
          <th scope="col">处理</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ one, other, similarity, foundAt, canDismiss }) => (
          <tr key={`${one.id}-${other.id}`}>
            <td data-label="相似" className="cell-word">
              {similarity}%
            </td>
            <Side label="一条" side={one} />
            <Side label="另一条" side={other} />
            <td data-label="发现于" className="cell-time">
              {dayText(foundAt)}
            </td>
            <td data-label="处理">
              {canDismiss ? (
                <NoRepetition pair={{ oneId: one.id, otherId: other.id }} title={one.title} />
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NoRepetitionProps {
  readonly pair: LikenessPair;
  readonly title: string;
}

/** What a person has looked at is not told again. */
function NoRepetition({ pair, title }: NoRepetitionProps) {
  const client = useClient();
  const queries = useQueryClient();
  const dismiss = useDeed({
    act: () => client.call(libraryApi.dismissLikeness, { body: pair }),
    done: '已标明不是重复，不再提示',
    onDone: () => forget(queries, libraryApi.listLikenesses, libraryApi.listAlike),
  });
  return (
    <Button
      size="small"
      aria-label={`不是重复：${title}`}
      loading={dismiss.isPending}
      onClick={() => {
        dismiss.mutate();
      }}
    >
      不是重复
    </Button>
  );
}

function Side({ label, side }: { readonly label: string; readonly side: Likeness['one'] }) {
  return (
    <td data-label={label} className="cell-title">
      <Link to="/resources/$id" params={{ id: side.id }}>
        {side.title === '' ? '（无标题）' : side.title}
      </Link>
      <span className="hint">
        {side.unitName} · {side.isPublic ? '已发布' : '未发布'}
      </span>
    </td>
  );
}
