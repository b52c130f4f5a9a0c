import { Button, Input, Popover } from 'antd';
import { useState } from 'react';

import { sheetApi } from '../../../contracts/approval-sheet.ts';
import { addressOf } from '../../lib/client.ts';
import { useSession } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';

const exporters = ['principal', 'operator', 'supervisor'] as const;

/** 首发责任 of a period as a workbook, for those who answer for a unit or look after all of them. */
export function ResponsibilityExport() {
  const { roles } = useSession();
  const today = dayText(new Date().toISOString());
  const [from, setFrom] = useState(`${today.slice(0, 8)}01`);
  const [to, setTo] = useState(today);
  if (!exporters.some((role) => roles.includes(role))) return null;
  const isPeriod = from !== '' && to !== '' && from <= to;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="stack">
          <label htmlFor="export-from">从</label>
          <Input
            id="export-from"
            type="date"
            value={from}
            max={to}
            onChange={(event) => {
              setFrom(event.target.value);
            }}
          />
          <label htmlFor="export-to">到</label>
          <Input
            id="export-to"
            type="date"
            value={to}
            min={from}
            onChange={(event) => {
              setTo(event.target.value);
            }}
          />
          {isPeriod ? (
            <a
              className="action-link"
              href={addressOf(sheetApi.exportResponsibility.path, { query: { from, to } })}
              download
            >
              下载 xlsx
            </a>
          ) : (
            <p className="problem">结束日期不能早于开始日期</p>
          )}
        </div>
      }
    >
      <Button>导出首发责任</Button>
    </Popover>
  );
}
