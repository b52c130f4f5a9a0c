import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';

import type { TypeOffenders } from '../../../../contracts/library.ts';
import { ApiError, fieldProblemsOf } from '../../../lib/api-error.ts';

/** Why the version was not published: what is wrong with it, or which resources it would make invalid. */
export function TypeRefusal({ error }: { readonly error: unknown }) {
  if (!(error instanceof ApiError)) return null;
  const offenders = error.code === 'library.type-in-use' ? (error.details as TypeOffenders) : null;
  const malformed = error.code === 'request.malformed';
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="form-alert"
      title={malformed ? '有没填完或写法不对的地方：名称不能为空，代码只能用小写字母和数字。' : error.title}
      description={
        offenders === null ? (
          <ul className="plain-list">
            {fieldProblemsOf(error).map(({ message }) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        ) : (
          <>
            <p>没有发布。请先修改下面的信息，或者放宽这次的改动。</p>
            <ul className="plain-list">
              {offenders.offenders.map(({ resourceId, title, unitName, message }) => (
                <li key={resourceId}>
                  <Link to="/resources/$id" params={{ id: resourceId }}>
                    {title}
                  </Link>
                  （{unitName}）：{message}
                </li>
              ))}
            </ul>
            {offenders.more ? <p>还有更多，这里只列出前 {offenders.offenders.length} 条。</p> : null}
          </>
        )
      }
    />
  );
}
