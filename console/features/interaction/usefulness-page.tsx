import { useQuery } from '@tanstack/react-query';
import { Card, Segmented, Select, Statistic } from 'antd';

import { interactionApi, type Usefulness, type UsefulnessRow } from '../../../contracts/interaction.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { spanNames, spans, type UsefulnessDays, type UsefulnessFilter } from './usefulness-filter.ts';

interface Props {
  readonly filter: UsefulnessFilter;
  readonly onChange: (filter: UsefulnessFilter) => void;
}

/** Which pages helped, and which did not. */
export function UsefulnessPage({ filter, onChange }: Props) {
  const client = useClient();
  const by = filter.by ?? 'page';
  const days = filter.days ?? '90';
  const query = { by, days: Number(days) };
  const usefulness = useQuery(queryFor(client, interactionApi.getUsefulness, { query }));
  return (
    <Page title="页面评价" subtitle="群众在网页下方选择“有用”或“没有用”。最没有用的排在前面。" wide>
      <div className="filters">
        <Segmented<'page' | 'column'>
          aria-label="按什么统计"
          value={by}
          onChange={(value) => {
            onChange({ ...filter, by: value });
          }}
          options={[
            { value: 'page', label: '按页面' },
            { value: 'column', label: '按栏目' },
          ]}
        />
        <label htmlFor="usefulness-days">
          时间
          <Select<UsefulnessDays>
            id="usefulness-days"
            value={days}
            options={spans.map((value) => ({ value, label: spanNames[value] }))}
            onChange={(value) => {
              onChange({ ...filter, days: value });
            }}
          />
        </label>
      </div>
      <Loaded query={usefulness}>{(loaded) => <Report usefulness={loaded} by={by} />}</Loaded>
    </Page>
  );
}

function Report({ usefulness, by }: { readonly usefulness: Usefulness; readonly by: 'page' | 'column' }) {
  const { rows, remarks, total, capped } = usefulness;
  if (rows.length === 0) {
    return (
      <EmptyState
        title="这段时间还没有评价"
        hint="每篇文章和每个栏目下方都有“这页有用吗”，群众评价后会出现在这里。"
      />
    );
  }
  return (
    <>
      <div className="figures">
        <Card size="small">
          <Statistic title="有用" value={total.useful} />
        </Card>
        <Card size="small">
          <Statistic title="没有用" value={total.notUseful} />
        </Card>
      </div>
      {capped ? <p className="hint">评价很多，只统计了最近的 5 万条。</p> : null}
      <table className="list-table">
        <thead>
          <tr>
            <th scope="col">{by === 'page' ? '页面' : '栏目'}</th>
            <th scope="col">网站</th>
            <th scope="col">有用</th>
            <th scope="col">没有用</th>
            <th scope="col">没有用的原因</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RatedLine key={`${row.siteId} ${row.path ?? ''} ${row.name}`} row={row} />
          ))}
        </tbody>
      </table>
      {remarks.length === 0 ? null : (
        <section aria-labelledby="remarks-title">
          <h2 id="remarks-title">群众写的</h2>
          <ul className="card-list">
            {remarks.map((one) => (
              <li key={`${one.ratedAt} ${one.remark}`}>
                <div>
                  <p className="as-written">{one.remark}</p>
                  <p className="hint">
                    {one.siteName} · {one.pageName} · {minuteText(one.ratedAt)}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function RatedLine({ row }: { readonly row: UsefulnessRow }) {
  return (
    <tr>
      <td className="cell-title">
        {row.name}
        {row.path === null ? null : <p className="hint">{row.path}</p>}
      </td>
      <td>{row.siteName}</td>
      <td>{row.useful}</td>
      <td>{row.notUseful}</td>
      <td>{row.reasons.map(({ name, times }) => `${name} ${String(times)}`).join('、')}</td>
    </tr>
  );
}
