import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';

import type { Delegation } from '../../../contracts/review.ts';
import { useSession } from '../../lib/services.tsx';

/** On the workbench of both: who acts for whom, and until when. */
export function DelegationNotice({ delegations }: { readonly delegations: readonly Delegation[] }) {
  const { accountId } = useSession();
  return delegations.map((one) => {
    const days = `${one.startsOn} 至 ${one.endsOn}`;
    const isMine = one.accountId === accountId;
    return (
      <Alert
        key={one.id}
        type={one.state === 'running' ? 'warning' : 'info'}
        showIcon
        className="form-alert"
        title={
          isMine
            ? `${days}，由${one.delegateName}代您审核、签发。`
            : `${days}，您代${one.accountName}审核、签发（${one.reason}）。`
        }
        action={
          <Link to="/delegations" className="action-link">
            查看委托
          </Link>
        }
      />
    );
  });
}
