import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';

import { libraryApi } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';

/** A refused upload is over; it is told for so long. */
const refusedDays = 7;

/** What a virus was found in: nobody should have to look for it. Nothing when there is none. */
export function QuarantineNotice() {
  const client = useClient();
  const finds = useQuery(queryFor(client, libraryApi.listQuarantine, {}));
  const now = new Date();
  const since = new Date(now.getTime() - refusedDays * 86_400_000).toISOString();
  const open = (finds.data ?? []).filter(
    (one) => one.clearedAt === null && (one.foundBy === 'scan' || one.foundAt > since),
  );
  if (open.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      className="quarantine"
      title={`有 ${String(open.length)} 个文件查出病毒，已被隔离，谁也打不开`}
      description={
        <ul>
          {open.slice(0, 10).map((one) => (
            <li key={one.id}>
              {one.fileName}（{one.unitName}）：{one.infection}，{minuteText(one.foundAt)}{' '}
              {one.foundBy === 'upload' ? '上传时查出，没有保存' : '复查时查出，已从网页上撤下'}
            </li>
          ))}
        </ul>
      }
    />
  );
}
