import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { type ResponsibilityRecord, reviewApi } from '../../../contracts/review.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Loaded } from '../../ui/states.tsx';

/** 谁采编、谁录入、谁审核、谁签发、谁发布: for ever, the newest round first, each with its sheet. */
export function ResponsibilityPanel({ resourceId }: { readonly resourceId: string }) {
  const client = useClient();
  const records = useQuery(queryFor(client, reviewApi.listResponsibility, { params: { id: resourceId } }));
  return (
    <Loaded query={records} rows={3}>
      {(list) =>
        list.length === 0 ? (
          <p className="hint">还没有记录。每一版由谁采编、录入、审核、签发、发布都会记在这里。</p>
        ) : (
          roundsOf(list).map((round) => <Round key={round[0]?.reviewId} records={round} />)
        )
      }
    </Loaded>
  );
}

/** The records of each review, in the order in which they came. */
function roundsOf(records: readonly ResponsibilityRecord[]): readonly (readonly ResponsibilityRecord[])[] {
  return [...Map.groupBy(records, ({ reviewId }) => reviewId).values()];
}

function Round({ records }: { readonly records: readonly ResponsibilityRecord[] }) {
  const [first] = records;
  if (first === undefined) return null;
  const signed = records.find(({ duty }) => duty === 'signed') ?? first;
  return (
    <>
      <h3 className="minor">
        {minuteText(signed.at)} 签发{' '}
        <Link to="/reviews/$id/sheet" params={{ id: first.reviewId }} className="plain-link">
          审批表
        </Link>
      </h3>
      <ol className="records">
        {records.map((record, index) => (
          <li key={index}>
            <span className="record-name">{record.dutyName}</span>
            <span>
              {record.personName}
              {record.onBehalfOfName === null ? '' : `（代${record.onBehalfOfName}）`}
              <span className="hint">
                {record.unitName} · {minuteText(record.at)}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
