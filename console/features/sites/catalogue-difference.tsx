import { useQuery } from '@tanstack/react-query';

import { type Catalogue, sitesApi } from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { differencesOf, type EntryDifference } from './catalogue-words.ts';

interface Props {
  readonly later: Catalogue;
  readonly since: string;
}

const kindNames: Readonly<Record<EntryDifference['kind'], string>> = {
  added: '新增',
  removed: '没有了',
  changed: '有变化',
};

/** What changed in the catalogue between two days. */
export function CatalogueDifference({ later, since }: Props) {
  const client = useClient();
  const query = { day: since };
  const earlier = useQuery(queryFor(client, sitesApi.getCatalogue, { params: { id: later.siteId }, query }));
  return (
    <Loaded query={earlier} rows={6}>
      {(before) => {
        const [first, second] = before.day <= later.day ? [before, later] : [later, before];
        const differences = differencesOf(first, second);
        if (differences.length === 0) {
          return <EmptyState title={`${first.day}与${second.day}的目录相同`} />;
        }
        return (
          <section aria-label="两天的差别">
            <p className="hint">
              从{first.day}到{second.day}，{differences.length} 个栏目有变化。
            </p>
            <ul className="card-list catalogue-differences">
              {differences.map((one) => (
                <Difference key={one.columnId} difference={one} />
              ))}
            </ul>
          </section>
        );
      }}
    </Loaded>
  );
}

function Difference({ difference: { path, kind, fields } }: { readonly difference: EntryDifference }) {
  return (
    <li>
      <div>
        <strong>{path}</strong> <span className="badge">{kindNames[kind]}</span>
        {fields.length === 0 ? null : (
          <dl>
            {fields.map(({ name, before, after }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <del>{before === '' ? '（空）' : before}</del> <span aria-hidden>→</span>{' '}
                  <ins>{after === '' ? '（空）' : after}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}
