import { useQuery } from '@tanstack/react-query';

import type { ResourceType } from '../../../contracts/library.ts';
import { type CheckedRevision, isReasonFor, proofreadingApi } from '../../../contracts/proofreading.ts';
import type { Review } from '../../../contracts/review.ts';
import { partNamer } from '../../../contracts/part-name.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FindingList } from '../../ui/finding-list.tsx';
import { Loaded } from '../../ui/states.tsx';

interface Props {
  readonly review: Review;
  readonly type: ResourceType;
}

/** What the checks found in the very revision that is under review, and why it was handed in nevertheless. */
export function CheckedRevisionPanel({ review, type }: Props) {
  const client = useClient();
  const { resourceId, revision } = review;
  const params = { id: resourceId, number: revision.number };
  const checked = useQuery(queryFor(client, proofreadingApi.getCheckedRevision, { params }));
  return (
    <Loaded query={checked} rows={3}>
      {(answer) => <Checked answer={answer} partName={partNamer(type, revision.content)} />}
    </Loaded>
  );
}

function Checked({
  answer,
  partName,
}: {
  readonly answer: CheckedRevision;
  readonly partName: (part: string) => string;
}) {
  if (answer.checkedAt === null) return <p className="hint">这一版提交时没有校核记录。</p>;
  if (answer.findings.length === 0) return <p className="hint">提交时校核，没有发现问题。</p>;
  return (
    <>
      <FindingList
        findings={answer.findings}
        partName={partName}
        actions={(finding) => {
          // The reason that was given last counts.
          const override = answer.overrides.findLast((one) => isReasonFor(one.finding, finding));
          return override === undefined ? null : (
            <p className="finding-reason">
              {override.givenByName}：{override.reason}
            </p>
          );
        }}
      />
      {answer.complete ? null : <p className="hint">内容较长或问题较多，这里只列出一部分。</p>}
    </>
  );
}
