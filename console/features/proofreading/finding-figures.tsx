import { useQuery } from '@tanstack/react-query';

import { figuresOfDays, proofreadingApi, type UnitTaskFigures } from '../../../contracts/proofreading.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';

interface Props {
  readonly onUnit: (unitId: string) => void;
}

/** What became of the tasks of each unit: who is late stands on top. */
export function FindingFigures({ onUnit }: Props) {
  const client = useClient();
  const figures = useQuery(queryFor(client, proofreadingApi.listFindingFigures, {}));
  return (
    <Loaded query={figures} rows={1}>
      {(rows) => (
        <details className="finding-figures">
          <summary>
            各单位任务：待处理 {sum(rows, 'open')}，超期 {sum(rows, 'overdue')}
          </summary>
          <p className="hint">按期、超期处理的只计近 {figuresOfDays} 天。</p>
          <FiguresTable rows={rows} onUnit={onUnit} />
        </details>
      )}
    </Loaded>
  );
}

const sum = (rows: readonly UnitTaskFigures[], figure: 'open' | 'overdue'): number =>
  rows.reduce((total, row) => total + row[figure], 0);

interface TableProps extends Props {
  readonly rows: readonly UnitTaskFigures[];
}

function FiguresTable({ rows, onUnit }: TableProps) {
  if (rows.length === 0) return <p className="hint">还没有校核任务。禁止提交的发现夜里自动成为任务。</p>;
  return (
    <table className="list-table">
      <caption className="visually-hidden">
        各单位校核任务，按期处理和超期处理是近 {figuresOfDays} 天的
      </caption>
      <thead>
        <tr>
          <th scope="col">单位</th>
          <th scope="col">待处理</th>
          <th scope="col">超期</th>
          <th scope="col">按期处理</th>
          <th scope="col">超期处理</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ unitId, unitName, open, overdue, endedInTime, endedLate }) => (
          <tr key={unitId}>
            <td data-label="单位" className="cell-title">
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  onUnit(unitId);
                }}
              >
                {unitName}
              </button>
            </td>
            <td data-label="待处理">{open}</td>
            <td data-label="超期">
              {overdue === 0 ? 0 : <span className="stage stage-returned">{overdue}</span>}
            </td>
            <td data-label="按期处理">{endedInTime}</td>
            <td data-label="超期处理">{endedLate}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
