import { Input, InputNumber, Radio } from 'antd';

import type { Block, BlockLink } from '../../../../contracts/blocks.ts';
import { AssetField } from './asset-field.tsx';
import type { FormProps } from './form-props.ts';
import { ColumnField } from './column-field.tsx';
import { AddressField, BlockField, LineField, ListField } from './parts.tsx';

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>;

function TitleField<B extends Of<'services' | 'links' | 'figures' | 'chart' | 'cards'>>({
  block,
  onChange,
}: Pick<FormProps<B>, 'block' | 'onChange'>) {
  return (
    <LineField
      label="标题"
      value={block.title}
      maxLength={40}
      onChange={(title) => {
        onChange({ ...block, title });
      }}
    />
  );
}

interface LinksProps {
  readonly links: readonly BlockLink[];
  readonly onChange: (links: BlockLink[]) => void;
}

function LinksField({ links, onChange }: LinksProps) {
  return (
    <ListField noun="链接" items={links} most={24} empty={{ name: '', url: '' }} onChange={onChange}>
      {(link, change) => (
        <>
          <LineField
            label="链接名称"
            value={link.name}
            maxLength={60}
            onChange={(name) => {
              change({ ...link, name });
            }}
          />
          <AddressField
            label="链接地址"
            value={link.url}
            onChange={(url) => {
              change({ ...link, url });
            }}
          />
          <LineField
            label="说明（可不填）"
            value={link.note}
            maxLength={80}
            onChange={(note) => {
              change({ ...link, note });
            }}
          />
        </>
      )}
    </ListField>
  );
}

export function GroupsForm({ block, onChange }: FormProps<Of<'services' | 'links'>>) {
  return (
    <>
      <TitleField block={block} onChange={onChange} />
      <ListField
        noun="组"
        items={block.groups}
        most={block.kind === 'links' ? 8 : 6}
        empty={{ name: '', links: [{ name: '', url: '' }] }}
        onChange={(groups) => {
          onChange({ ...block, groups });
        }}
      >
        {(group, change) => (
          <>
            <LineField
              label="组名"
              hint="只有一组时不显示。"
              value={group.name}
              maxLength={20}
              onChange={(name) => {
                change({ ...group, name });
              }}
            />
            <LinksField
              links={group.links}
              onChange={(links) => {
                change({ ...group, links });
              }}
            />
          </>
        )}
      </ListField>
      {block.kind === 'services' ? (
        <AddressField
          label="“更多”的链接（可不填）"
          value={block.url}
          onChange={(url) => {
            onChange({ ...block, url });
          }}
        />
      ) : null}
    </>
  );
}

export function FiguresForm({ block, onChange }: FormProps<Of<'figures'>>) {
  return (
    <>
      <TitleField block={block} onChange={onChange} />
      <ListField
        noun="数字"
        items={block.figures}
        most={8}
        empty={{ name: '' }}
        onChange={(figures) => {
          onChange({ ...block, figures });
        }}
      >
        {(figure, change) => (
          <>
            <LineField
              label="名称"
              value={figure.name}
              maxLength={20}
              onChange={(name) => {
                change({ ...figure, name });
              }}
            />
            <LineField
              label="数值"
              hint="照写照显示，例如 28.6 万；要自动统计就留空并选择栏目。"
              value={figure.value}
              maxLength={20}
              onChange={(value) => {
                change({ ...figure, value });
              }}
            />
            <ColumnField
              label="统计栏目的信息条数"
              optional
              value={figure.columnId}
              onChange={(columnId) => {
                change({ ...figure, columnId });
              }}
            />
            <LineField
              label="单位"
              value={figure.unit}
              maxLength={10}
              onChange={(unit) => {
                change({ ...figure, unit });
              }}
            />
            <AddressField
              label="链接（可不填）"
              value={figure.url}
              onChange={(url) => {
                change({ ...figure, url });
              }}
            />
          </>
        )}
      </ListField>
      <BlockField label="数值的截止日期（可不填）">
        <Input
          type="date"
          value={block.asOf ?? ''}
          onChange={(event) => {
            onChange({ ...block, asOf: event.target.value });
          }}
        />
      </BlockField>
      <AddressField
        label="“更多”的链接（可不填）"
        value={block.url}
        onChange={(url) => {
          onChange({ ...block, url });
        }}
      />
    </>
  );
}

export function ChartForm({ block, onChange }: FormProps<Of<'chart'>>) {
  return (
    <>
      <TitleField block={block} onChange={onChange} />
      <div className="block-field" role="group" aria-label="图形">
        <span>图形</span>
        <Radio.Group
          value={block.form}
          options={[
            { value: 'bar', label: '柱形图' },
            { value: 'line', label: '折线图' },
          ]}
          onChange={(event) => {
            onChange({ ...block, form: event.target.value === 'line' ? 'line' : 'bar' });
          }}
        />
      </div>
      <LineField
        label="单位"
        value={block.unit}
        maxLength={10}
        onChange={(unit) => {
          onChange({ ...block, unit });
        }}
      />
      <ListField
        noun="数据行"
        items={block.rows}
        most={24}
        empty={{ name: '', value: 0 }}
        onChange={(rows) => {
          onChange({ ...block, rows });
        }}
      >
        {(row, change) => (
          <>
            <LineField
              label="名称"
              value={row.name}
              maxLength={20}
              onChange={(name) => {
                change({ ...row, name });
              }}
            />
            <BlockField label="数值">
              <InputNumber
                value={row.value}
                min={-1e15}
                max={1e15}
                onChange={(value) => {
                  change({ ...row, value: value ?? 0 });
                }}
              />
            </BlockField>
          </>
        )}
      </ListField>
      <LineField
        label="数据来源（可不填）"
        value={block.source}
        maxLength={60}
        onChange={(source) => {
          onChange({ ...block, source });
        }}
      />
      <AddressField
        label="“更多”的链接（可不填）"
        value={block.url}
        onChange={(url) => {
          onChange({ ...block, url });
        }}
      />
    </>
  );
}

export function CardsForm({ block, unitId, onChange }: FormProps<Of<'cards'>>) {
  return (
    <>
      <TitleField block={block} onChange={onChange} />
      <ListField
        noun="卡片"
        items={block.cards}
        most={12}
        empty={{ name: '', url: '' }}
        onChange={(cards) => {
          onChange({ ...block, cards });
        }}
      >
        {(card, change, index) => (
          <>
            <LineField
              label="名称"
              value={card.name}
              maxLength={40}
              onChange={(name) => {
                change({ ...card, name });
              }}
            />
            <AddressField
              label="链接地址"
              value={card.url}
              onChange={(url) => {
                change({ ...card, url });
              }}
            />
            <LineField
              label="说明（可不填）"
              value={card.note}
              maxLength={80}
              onChange={(note) => {
                change({ ...card, note });
              }}
            />
            <AssetField
              label={`卡片 ${index + 1} 的图片（可不填）`}
              kind="image"
              optional
              unitId={unitId}
              assetId={card.assetId}
              onChange={(assetId) => {
                change({ ...card, assetId });
              }}
            />
          </>
        )}
      </ListField>
    </>
  );
}
