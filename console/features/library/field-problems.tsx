import { Alert } from 'antd';

import type { ResourceType } from '../../../contracts/library.ts';
import type { FieldProblem } from '../../lib/api-error.ts';

/** What a type still asks for, each with the way to its field. */
export function FieldProblems({
  problems,
  type,
}: {
  readonly problems: readonly FieldProblem[];
  readonly type: ResourceType;
}) {
  if (problems.length === 0) return null;
  const nameOf = (key: string) => type.fields.find((field) => field.key === key)?.name ?? '内容';
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="form-alert"
      title="还有需要完善的地方"
      description={
        <ul className="plain-list">
          {problems.map(({ field, message }) => (
            <li key={`${field}-${message}`}>
              <a href={`#field-${field}`}>{nameOf(field)}</a>：{message}
            </li>
          ))}
        </ul>
      }
    />
  );
}
