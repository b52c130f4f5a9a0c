import { Button, Checkbox } from 'antd';

import type { ResponsibilityEntry, UpdateState } from '../../../contracts/sites.ts';
import { entryFields, fieldText, isMissing, levelNames, rowSpan } from './catalogue-words.ts';

interface Props {
  readonly title: string;
  readonly day: string;
  readonly entries: readonly ResponsibilityEntry[];
  readonly chosen: readonly string[];
  /** Absent where nothing may be changed. */
  readonly onChoose: ((columnIds: readonly string[]) => void) | undefined;
  readonly onEdit: ((entry: ResponsibilityEntry) => void) | undefined;
}

const stateNames: Readonly<Record<Exclude<UpdateState, 'fresh'>, string>> = {
  soon: '快到期',
  overdue: '超期未更新',
  empty: '空白栏目',
};

/** The catalogue as an official table: levels merged, what is missing marked, ready to be printed. */
export function CatalogueTable({ title, day, entries, chosen, onChoose, onEdit }: Props) {
  const levels = levelNames(entries);
  const all = entries.map(({ columnId }) => columnId);
  return (
    <div className="catalogue-scroll" role="region" aria-label="目录表格" tabIndex={0}>
      <table className="catalogue">
        <caption>
          <strong>{title}</strong>
          <span>截至 {day}</span>
        </caption>
        <thead>
          <tr>
            {onChoose === undefined ? null : (
              <th scope="col" className="no-print">
                <Checkbox
                  aria-label="选择全部栏目"
                  checked={chosen.length === all.length}
                  indeterminate={chosen.length > 0 && chosen.length < all.length}
                  onChange={(event) => {
                    onChoose(event.target.checked ? all : []);
                  }}
                />
              </th>
            )}
            {levels.map((name) => (
              <th key={name} scope="col" className="catalogue-level">
                {name}
              </th>
            ))}
            {entryFields.map(([field, name]) => (
              <th key={field} scope="col" className={`catalogue-${field}`}>
                {name}
              </th>
            ))}
            {onEdit === undefined ? null : (
              <th scope="col" className="no-print">
                操作
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, at) => (
            <tr key={entry.columnId} className={entry.closed ? 'catalogue-closed' : undefined}>
              {onChoose === undefined ? null : (
                <td className="no-print catalogue-choice">
                  <Checkbox
                    aria-label={`选择${entry.levels.join(' / ')}`}
                    checked={chosen.includes(entry.columnId)}
                    onChange={(event) => {
                      const others = chosen.filter((id) => id !== entry.columnId);
                      onChoose(event.target.checked ? [...others, entry.columnId] : others);
                    }}
                  />
                </td>
              )}
              <Levels entries={entries} at={at} count={levels.length} />
              {entryFields.map(([field, name]) => {
                const text = fieldText(entry, field);
                const missing = isMissing(entry, field);
                return (
                  <td key={field} data-label={name} className={missing ? 'catalogue-missing' : undefined}>
                    {missing ? <span className="badge badge-late">未填写</span> : text}
                  </td>
                );
              })}
              {onEdit === undefined ? null : (
                <td className="no-print catalogue-act">
                  <Button
                    size="small"
                    aria-label={`修改${entry.levels.join(' / ')}`}
                    onClick={() => {
                      onEdit(entry);
                    }}
                  >
                    修改
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LevelsProps {
  readonly entries: readonly ResponsibilityEntry[];
  readonly at: number;
  readonly count: number;
}

/** The cells of the levels; on a phone one cell with the whole path stands for them. */
function Levels({ entries, at, count }: LevelsProps) {
  const entry = entries[at];
  if (entry === undefined) return null;
  const { levels, state, closed } = entry;
  const own = levels.length - 1;
  const marks = (
    <>
      {closed ? <span className="badge">已关闭</span> : null}
      {state === null || state === 'fresh' ? null : (
        <span className={`badge no-print ${state === 'soon' ? 'badge-soon' : 'badge-late'}`}>
          {stateNames[state]}
        </span>
      )}
    </>
  );
  return (
    <>
      <td className="catalogue-path">
        <strong>{levels.join(' / ')}</strong> {marks}
      </td>
      {Array.from({ length: count }, (_, level) => {
        const span = rowSpan(entries, at, level);
        const name = levels[level];
        if (span === 0) return null;
        // A cell without a name is no head of a row.
        if (name === undefined) return <td key={level} className="catalogue-level" />;
        return (
          <th key={level} scope={span > 1 ? 'rowgroup' : 'row'} rowSpan={span} className="catalogue-level">
            {name} {level === own ? marks : null}
          </th>
        );
      })}
    </>
  );
}
