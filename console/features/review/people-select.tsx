import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import { mostNamedPeople, type ReviewStep } from '../../../contracts/review.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';

interface Props {
  readonly id?: string;
  readonly role: ReviewStep['role'];
  /** Names of people that were chosen before. */
  readonly known: ReadonlyMap<string, string>;
  readonly value?: string[];
  readonly onChange?: (ids: string[]) => void;
  readonly onNames: (names: ReadonlyMap<string, string>) => void;
}

/** People who hold a role, found by name. */
export function PeopleSelect({ id, role, known, value = [], onChange, onNames }: Props) {
  const client = useClient();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const query = { role, limit: 50, ...(q === '' ? {} : { q }) };
  const found = useQuery(queryFor(client, identityApi.listAccounts, { query }));
  const people = found.data?.items ?? [];
  const chosen = value.filter((one) => !people.some((person) => person.id === one));
  return (
    <Select<string[]>
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      maxCount={mostNamedPeople}
      value={value}
      placeholder="输入姓名查找"
      loading={found.isPending}
      showSearch={{ filterOption: false, onSearch: setText }}
      options={[
        ...chosen.map((one) => ({ value: one, label: known.get(one) ?? one })),
        ...people.map((person) => ({ value: person.id, label: `${person.realName}（${person.unitName}）` })),
      ]}
      onChange={(ids) => {
        const names = people.map((person) => [person.id, person.realName] as const);
        onNames(new Map([...known, ...names]));
        onChange?.(ids);
      }}
    />
  );
}
