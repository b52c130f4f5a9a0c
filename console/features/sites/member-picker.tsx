import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';

import { libraryApi, type ResourceSummary, stageNames } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useTypeName } from '../../lib/use-types.ts';

interface Props {
  readonly id?: string;
  readonly value?: readonly string[];
  readonly unitId: string;
  /** Those that take part already. */
  readonly without: readonly string[];
  readonly most: number;
  readonly onChange?: (ids: string[]) => void;
}

/** Works of the unit that are still to go out, found by their titles. */
export function MemberPicker({ id, value = [], unitId, without, most, onChange }: Props) {
  const client = useClient();
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const typeName = useTypeName();
  const query = { unitId, pending: true, limit: 50, ...(q === '' ? {} : { q }) };
  const found = useQuery(queryFor(client, libraryApi.listResources, { query }));
  const [known, setKnown] = useState<ReadonlyMap<string, ResourceSummary>>(new Map());
  const offered = (found.data?.items ?? []).filter(
    ({ id, type }) => type !== 'home' && !without.includes(id),
  );
  const chosen = value.flatMap((one) => known.get(one) ?? []);
  const options = [...new Map([...chosen, ...offered].map((one) => [one.id, one])).values()];
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      maxCount={most}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={found.isFetching}
      placeholder="输入标题查找本单位还没有发布的信息"
      notFoundContent={found.isPending ? '正在查找…' : '没有找到'}
      value={[...value]}
      options={options.map((one) => ({
        value: one.id,
        label: `${one.title}（${typeName(one.type)}，${stageNames[one.stage]}）`,
      }))}
      onChange={(ids: string[]) => {
        setKnown(new Map(options.map((one) => [one.id, one])));
        onChange?.(ids);
      }}
    />
  );
}
