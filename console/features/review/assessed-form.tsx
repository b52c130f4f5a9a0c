import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { type OpennessAssessment, opennessApi, type OpennessForm } from '../../../contracts/openness.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';

interface Props {
  readonly reviewId: string;
  /** `key` names the assessment that the form begins with: another one is another form. */
  readonly children: (asked: {
    readonly key: string;
    readonly form: OpennessForm;
    readonly before: OpennessAssessment | undefined;
  }) => ReactNode;
}

/** What 公开属性认定 and 保密审查 ask, and what was found before. */
export function AssessedForm({ reviewId, children }: Props) {
  const client = useClient();
  const form = useQuery({ ...queryFor(client, opennessApi.getOpennessForm, {}), staleTime: 60_000 });
  const before = useQuery(
    queryFor(client, opennessApi.listOpennessAssessments, { params: { id: reviewId } }),
  );
  return (
    <Loaded query={form} rows={4}>
      {(asked) => (
        <Loaded query={before} rows={4}>
          {(list) => {
            const newest = list.at(-1);
            return children({ key: newest?.assessedAt ?? 'first', form: asked, before: newest });
          }}
        </Loaded>
      )}
    </Loaded>
  );
}
