import { useQuery } from '@tanstack/react-query';

import { identityApi } from '../../../contracts/identity.ts';
import type { UnitHistory } from '../../../contracts/reorganization.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';

interface Props {
  readonly unitId: string;
}

/** 沿革: nothing is shown of a unit of which nothing has become anything else. */
export function UnitHistoryList({ unitId }: Props) {
  const client = useClient();
  const history = useQuery(queryFor(client, identityApi.readUnitHistory, { params: { id: unitId } }));
  if (history.data === undefined || history.data.length === 0) return null;
  return (
    <section aria-labelledby="unit-history" className="unit-history">
      <h3 id="unit-history">单位沿革</h3>
      <ol>
        {history.data.map((step) => (
          <li key={`${step.at} ${step.unit?.id ?? ''}`}>
            <time dateTime={dayText(step.at)}>{dayText(step.at)}</time> {stepText(step)}
            {step.basis === null ? null : <span className="hint"> {step.basis}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function stepText({ kind, formerName, newName, unit }: UnitHistory[number]): string {
  if (kind === 'renamed') return `由“${formerName ?? ''}”更名为“${newName ?? ''}”`;
  return kind === 'merged' ? `并入${unit?.name ?? ''}` : `${unit?.name ?? ''}并入`;
}
