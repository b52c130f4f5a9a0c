import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Descriptions } from 'antd';

import type { Block } from '../../../contracts/blocks.ts';
import { fieldValue } from '../../../contracts/field-values.ts';
import {
  type Attachment,
  type FieldDescription,
  libraryApi,
  type ResourceContent,
  type ResourceType,
} from '../../../contracts/library.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { blockText } from '../../lib/block-text.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';

interface Props {
  readonly type: ResourceType;
  readonly content: ResourceContent;
}

/** Every field but the body, filled or not: a reviewer sees what is missing too. */
export function MetadataList({ type, content }: Props) {
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={type.fields
        .filter(({ kind }) => kind !== 'rich-text')
        .map((field) => ({
          key: field.key,
          label: field.name,
          children: <Value field={field} value={fieldValue(content, field.key)} />,
        }))}
    />
  );
}

function SiteName({ id }: { readonly id: string }) {
  const client = useClient();
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  return <>{sites.data?.find((site) => site.id === id)?.name ?? ''}</>;
}

function assetAddress(id: string): string {
  return addressOf(libraryApi.getAssetContent.path, { params: { id } });
}

type Show = (value: unknown) => ReactNode;

/** Kinds whose value is no text. */
const shows: Partial<Readonly<Record<FieldDescription['kind'], Show>>> = {
  attachments: (value) => (
    <ul className="plain-list">
      {(value as readonly Attachment[]).map(({ assetId, name }) => (
        <li key={assetId}>
          <a href={assetAddress(assetId)}>{name}</a>
        </li>
      ))}
    </ul>
  ),
  film: (value) => <a href={assetAddress(value as string)}>查看视频</a>,
  resources: (value) => <NamedResources ids={value as readonly string[]} />,
  blocks: (value) => (
    <ol className="plain-list">
      {(value as readonly Block[]).map((block) => (
        <li key={block.key}>{blockText(block).split('\n')[0]}</li>
      ))}
    </ol>
  ),
  site: (value) => <SiteName id={value as string} />,
  image: (value) => <a href={assetAddress(value as string)}>查看题图</a>,
};

function Value({ field, value }: { readonly field: FieldDescription; readonly value: unknown }) {
  const isEmpty =
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return <span className="hint">{field.requiredAt === 'never' ? '未填' : '缺少'}</span>;
  const show = shows[field.kind];
  if (show) return <>{show(value)}</>;
  if (Array.isArray(value)) return <>{(value as readonly string[]).join('、')}</>;
  return <>{value as string}</>;
}

/** By their titles: a number tells a reviewer nothing. */
function NamedResources({ ids }: { readonly ids: readonly string[] }) {
  const client = useClient();
  const named = useQuery(queryFor(client, libraryApi.listPublished, { query: { ids: ids.join(',') } }));
  const titles = new Map((named.data ?? []).map((one) => [one.id, one.title]));
  return (
    <ul className="plain-list">
      {ids.map((id) => (
        <li key={id}>{titles.get(id) ?? `尚未发布或已撤下的信息（${id}）`}</li>
      ))}
    </ul>
  );
}
