import { useQuery } from '@tanstack/react-query';

import { identityApi } from '../../../contracts/identity.ts';
import type { UnitHistory } from '../../../contracts/reorganization.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';

interface Props {
  readonly unitId: string;
}

const stepTexts: Readonly<Record<UnitHistory[number]['kind'], (step: UnitHistory[number]) => string>> = {
  renamed: ({ formerName, newName }) => `由“${formerName ?? ''}”更名为“${newName ?? ''}”`,
  merged: ({ unit }) => `并入${unit?.name ?? ''}`,
  'took-over': ({ unit }) => `${unit?.name ?? ''}并入`,
  gave: ({ unit }) => `部分职能划入${unit?.name ?? ''}`,
  received: ({ unit }) => `承接${unit?.name ?? ''}的部分职能`,
};

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
            <time dateTime={dayText(step.at)}>{dayText(step.at)}</time> {stepTexts[step.kind](step)}
            {step.basis === null ? null : <span className="hint"> {step.basis}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
