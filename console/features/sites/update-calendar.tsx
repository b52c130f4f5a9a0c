import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';

import { sitesApi, type UpdateYear } from '../../../contracts/sites.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { countsOf, heatOf, monthsOf, subjectsOf, weeksOf } from './update-days.ts';

interface Props {
  readonly siteId: string;
  readonly year: string | undefined;
  readonly onYear: (year: string) => void;
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];
const monthNumbers = Array.from({ length: 12 }, (_, at) => at + 1);

/** How many entries came to the columns of a site on each day of a year. */
export function UpdateCalendar({ siteId, year, onYear }: Props) {
  const client = useClient();
  const thisYear = dayText(new Date()).slice(0, 4);
  const chosen = year ?? thisYear;
  const query = { year: Number(chosen) };
  const updates = useQuery(queryFor(client, sitesApi.getUpdates, { params: { id: siteId }, query }));
  const years = Array.from({ length: 10 }, (_, ago) => String(Number(thisYear) - ago));
  return (
    <>
      <div className="filters no-print">
        <label htmlFor="calendar-year">
          年份
          <Select
            id="calendar-year"
            value={chosen}
            options={years.map((value) => ({ value, label: `${value}年` }))}
            onChange={onYear}
          />
        </label>
        <a
          className="action-link"
          href={addressOf(sitesApi.downloadUpdates.path, { params: { id: siteId }, query })}
          download
        >
          <Icon of={DownloadOutlined} /> 导出 xlsx
        </a>
      </div>
      <Loaded query={updates} rows={8}>
        {(loaded) =>
          loaded.columns.length === 0 ? (
            <EmptyState title="这个站点没有与您有关的栏目" />
          ) : (
            <Calendar updates={loaded} />
          )
        }
      </Loaded>
    </>
  );
}

function Calendar({ updates }: { readonly updates: UpdateYear }) {
  const [subject, setSubject] = useState('all');
  const subjects = subjectsOf(updates);
  const chosen = subjects.find(({ value }) => value === subject) ?? subjects[0];
  if (chosen === undefined) return null;
  return (
    <>
      <div className="filters no-print">
        <label htmlFor="calendar-subject">
          看哪些栏目
          <Select
            id="calendar-subject"
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            value={chosen.value}
            options={subjects.map(({ value, label }) => ({ value, label }))}
            onChange={setSubject}
          />
        </label>
      </div>
      <HeatGrid year={updates.year} name={chosen.label} counts={countsOf(updates, chosen)} />
      <MonthTable updates={updates} />
    </>
  );
}

interface GridProps {
  readonly year: number;
  readonly name: string;
  readonly counts: ReadonlyMap<string, number>;
}

function HeatGrid({ year, name, counts }: GridProps) {
  const weeks = weeksOf(year);
  const most = Math.max(0, ...counts.values());
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const words = `${name}，${String(year)}年共更新 ${String(total)} 条，${String(counts.size)} 天有更新，最多的一天 ${String(most)} 条`;
  return (
    <figure className="heat">
      <figcaption>{words}</figcaption>
      <div className="heat-scroll" role="region" aria-label="每天的更新条数" tabIndex={0}>
        <div className="heat-grid" role="img" aria-label={words}>
          {weekdays.map((weekday, at) => (
            <span key={weekday} className="heat-weekday" style={{ gridRow: at + 2, gridColumn: 1 }}>
              {at % 2 === 0 ? weekday : ''}
            </span>
          ))}
          {weeks.flatMap((days, week) =>
            days.map((day) => {
              const count = counts.get(day.text) ?? 0;
              return (
                <span
                  key={day.text}
                  className={`heat-day heat-${String(heatOf(count, most))}`}
                  style={{ gridRow: day.weekday + 2, gridColumn: week + 2 }}
                  title={`${day.text}：${String(count)} 条`}
                />
              );
            }),
          )}
          {weeks.map((days, week) => {
            const first = days.find(({ text }) => text.endsWith('-01'));
            return first === undefined ? null : (
              <span key={first.text} className="heat-month" style={{ gridRow: 1, gridColumn: week + 2 }}>
                {Number(first.text.slice(5, 7))}月
              </span>
            );
          })}
        </div>
      </div>
      <p className="heat-legend" aria-hidden>
        少{' '}
        {[0, 1, 2, 3, 4].map((heat) => (
          <span key={heat} className={`heat-day heat-${String(heat)}`} />
        ))}{' '}
        多
      </p>
    </figure>
  );
}

function MonthTable({ updates }: { readonly updates: UpdateYear }) {
  return (
    <div className="catalogue-scroll" role="region" aria-label="各栏目每月更新条数" tabIndex={0}>
      <table className="catalogue heat-months">
        <caption>
          <strong>各栏目每月更新条数</strong>
        </caption>
        <thead>
          <tr>
            <th scope="col">栏目</th>
            <th scope="col">责任单位</th>
            {monthNumbers.map((month) => (
              <th key={month} scope="col">
                {month}月
              </th>
            ))}
            <th scope="col">全年</th>
          </tr>
        </thead>
        <tbody>
          {updates.columns.map((column) => {
            const months = monthsOf(column);
            return (
              <tr key={column.columnId}>
                <th scope="row">{column.levels.join(' / ')}</th>
                <td>{column.unitName}</td>
                {months.map((count, at) => (
                  <td key={at} className={count === 0 ? 'heat-none' : undefined}>
                    {count}
                  </td>
                ))}
                <td>
                  <strong>{months.reduce((sum, count) => sum + count, 0)}</strong>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
