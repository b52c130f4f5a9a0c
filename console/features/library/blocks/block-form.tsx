import { Input } from 'antd';
import type { ReactNode } from 'react';

import type { Block } from '../../../../contracts/blocks.ts';
import { BodyEditor } from '../body/body-editor.tsx';
import { AssetField } from './asset-field.tsx';
import { ColumnField, ColumnsField } from './column-field.tsx';
import type { FormProps } from './form-props.ts';
import { CardsForm, ChartForm, FiguresForm, GroupsForm } from './list-forms.tsx';
import { AddressField, BlockField, LineField, ListField } from './parts.tsx';

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>;

type Forms = { readonly [K in Block['kind']]: (props: FormProps<Of<K>>) => ReactNode };

/** The fields of one block, as its kind asks for them. */
export function BlockForm(props: FormProps) {
  const Fields = forms[props.block.kind] as (props: FormProps) => ReactNode;
  return <Fields {...props} />;
}

function ColumnForm({ block, onChange }: FormProps<Of<'lead' | 'columns' | 'tabs' | 'notices'>>) {
  if (block.kind === 'lead') return <LeadForm block={block} onChange={onChange} />;
  return (
    <>
      {block.kind === 'columns' ? null : (
        <LineField
          label="标题"
          value={block.title}
          maxLength={40}
          onChange={(title) => {
            onChange({ ...block, title });
          }}
        />
      )}
      {block.kind === 'notices' ? (
        <ColumnField
          label="栏目"
          value={block.columnId}
          onChange={(columnId) => {
            onChange({ ...block, columnId });
          }}
        />
      ) : (
        <ColumnsField
          value={block.columnIds}
          onChange={(columnIds) => {
            onChange({ ...block, columnIds });
          }}
        />
      )}
    </>
  );
}

function LeadForm({ block, onChange }: Pick<FormProps<Of<'lead'>>, 'block' | 'onChange'>) {
  return (
    <>
      <ColumnField
        label="图片来自栏目"
        hint="有题图的信息显示为大图，其余列在旁边。"
        value={block.columnId}
        onChange={(columnId) => {
          onChange({ ...block, columnId });
        }}
      />
      <ColumnField
        label="旁边的要闻来自栏目"
        optional
        hint="图片栏目里的文字信息不够时用。"
        value={block.secondColumnId}
        onChange={(secondColumnId) => {
          onChange({ ...block, secondColumnId });
        }}
      />
    </>
  );
}

function TextForm({ block, unitId, readOnly, onChange }: FormProps<Of<'text'>>) {
  return (
    <>
      <LineField
        label="标题（可不填）"
        value={block.title}
        maxLength={40}
        onChange={(title) => {
          onChange({ ...block, title });
        }}
      />
      <BodyEditor
        value={block.body}
        unitId={unitId}
        readOnly={readOnly}
        invalid={false}
        onChange={(body) => {
          onChange({ ...block, body });
        }}
      />
    </>
  );
}

function PictureForm({ block, unitId, onChange }: FormProps<Of<'picture'>>) {
  return (
    <>
      <AssetField
        label="图片"
        kind="image"
        unitId={unitId}
        assetId={block.assetId}
        onChange={(assetId) => {
          onChange({ ...block, assetId });
        }}
      />
      <LineField
        label="图片内容说明（必填）"
        hint="用一句话说出图上有什么，读屏软件会读给看不见图的人。"
        value={block.alt}
        maxLength={120}
        onChange={(alt) => {
          onChange({ ...block, alt });
        }}
      />
      <LineField
        label="图下文字（可不填）"
        value={block.caption}
        maxLength={120}
        onChange={(caption) => {
          onChange({ ...block, caption });
        }}
      />
      <AddressField
        label="点击后打开（可不填）"
        value={block.url}
        onChange={(url) => {
          onChange({ ...block, url });
        }}
      />
    </>
  );
}

function VideoForm({ block, unitId, onChange }: FormProps<Of<'video'>>) {
  return (
    <>
      <LineField
        label="标题"
        value={block.title}
        maxLength={40}
        onChange={(title) => {
          onChange({ ...block, title });
        }}
      />
      <AssetField
        label="视频"
        kind="video"
        unitId={unitId}
        assetId={block.assetId}
        onChange={(assetId) => {
          onChange({ ...block, assetId });
        }}
      />
      <AssetField
        label="封面（可不填）"
        kind="image"
        optional
        unitId={unitId}
        assetId={block.posterAssetId}
        onChange={(posterAssetId) => {
          onChange({ ...block, posterAssetId });
        }}
      />
      <BlockField label="文字稿（必填）" hint="写出视频里说的话和重要的画面。">
        <Input.TextArea
          value={block.transcript}
          maxLength={20_000}
          autoSize={{ minRows: 4, maxRows: 14 }}
          onChange={(event) => {
            onChange({ ...block, transcript: event.target.value });
          }}
        />
      </BlockField>
    </>
  );
}

function ProfileForm({ block, onChange }: FormProps<Of<'profile'>>) {
  return (
    <>
      <LineField
        label="标题"
        value={block.title}
        maxLength={40}
        onChange={(title) => {
          onChange({ ...block, title });
        }}
      />
      <BlockField label="简介">
        <Input.TextArea
          value={block.text}
          maxLength={1_000}
          showCount
          autoSize={{ minRows: 3, maxRows: 10 }}
          onChange={(event) => {
            onChange({ ...block, text: event.target.value });
          }}
        />
      </BlockField>
      <ListField
        noun="要点"
        items={block.facts}
        most={8}
        empty={{ name: '', value: '' }}
        onChange={(facts) => {
          onChange({ ...block, facts });
        }}
      >
        {(fact, change) => (
          <>
            <LineField
              label="名称"
              value={fact.name}
              maxLength={20}
              onChange={(name) => {
                change({ ...fact, name });
              }}
            />
            <LineField
              label="内容"
              value={fact.value}
              maxLength={40}
              onChange={(value) => {
                change({ ...fact, value });
              }}
            />
          </>
        )}
      </ListField>
      <AddressField
        label="“详细”的链接（可不填）"
        value={block.url}
        onChange={(url) => {
          onChange({ ...block, url });
        }}
      />
    </>
  );
}

const forms: Forms = {
  lead: ColumnForm,
  columns: ColumnForm,
  tabs: ColumnForm,
  notices: ColumnForm,
  services: GroupsForm,
  links: GroupsForm,
  figures: FiguresForm,
  chart: ChartForm,
  cards: CardsForm,
  text: TextForm,
  picture: PictureForm,
  video: VideoForm,
  profile: ProfileForm,
} as unknown as Forms;
