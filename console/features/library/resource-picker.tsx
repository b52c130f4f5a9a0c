import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';

import { libraryApi, type PublishedResource, type ResourceTypeKey } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';

interface Props {
  readonly id: string;
  readonly value: readonly string[];
  readonly type?: ResourceTypeKey;
  readonly most: number;
  readonly readOnly: boolean;
  readonly onChange: (ids: readonly string[]) => void;
}

function optionOf({ id, title, documentNumber, unitName }: PublishedResource) {
  const facts = documentNumber === null ? unitName : `${documentNumber}，${unitName}`;
  return { value: id, label: `${title}（${facts}）` };
}

/** Other published resources, of whichever unit, found by title or document number. */
export function ResourcePicker({ id, value, type, most, readOnly, onChange }: Props) {
  const client = useClient();
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const ofType = type === undefined ? {} : { type };
  const found = useQuery({
    ...queryFor(client, libraryApi.listPublished, { query: { ...ofType, ...(q === '' ? {} : { q }) } }),
    enabled: !readOnly,
  });
  const chosen = useQuery({
    ...queryFor(client, libraryApi.listPublished, { query: { ids: value.join(',') } }),
    enabled: value.length > 0,
  });
  const known = new Map(
    [...(chosen.data ?? []), ...(found.data ?? [])].map((one) => [one.id, optionOf(one)]),
  );
  for (const one of value) {
    if (!known.has(one)) known.set(one, { value: one, label: `尚未发布或已撤下的信息（${one}）` });
  }
  return (
    <Select
      id={id}
      mode="multiple"
      disabled={readOnly}
      maxCount={most}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={found.isFetching}
      placeholder="输入标题或文号查找"
      notFoundContent={found.isPending ? '正在查找…' : '没有找到'}
      value={[...value]}
      options={[...known.values()]}
      onChange={(ids: string[]) => {
        onChange(ids);
      }}
    />
  );
}
