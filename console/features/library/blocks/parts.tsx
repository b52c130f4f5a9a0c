import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { ReactNode } from 'react';

import { Icon } from '../../../ui/icon.tsx';
import { moved, replaced } from './block-order.ts';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

export function BlockField({ label, hint, children }: FieldProps) {
  return (
    <label className="block-field">
      <span>{label}</span>
      {children}
      {hint === undefined ? null : <span className="hint">{hint}</span>}
    </label>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly maxLength: number;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly placeholder?: string;
}

export function LineField({ label, value, maxLength, onChange, hint, placeholder }: LineProps) {
  return (
    <BlockField label={label} {...(hint === undefined ? {} : { hint })}>
      <Input
        value={value ?? ''}
        maxLength={maxLength}
        placeholder={placeholder}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </BlockField>
  );
}

interface AddressProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}

export function AddressField({ label, value, onChange }: AddressProps) {
  return (
    <LineField
      label={label}
      value={value}
      maxLength={500}
      placeholder="/zwgk/ 或 https://…"
      onChange={(url) => {
        onChange(url.trim());
      }}
    />
  );
}

interface ListProps<T> {
  /** As one of them is called: 链接, 卡片. */
  readonly noun: string;
  readonly items: readonly T[];
  readonly most: number;
  readonly empty: T;
  readonly onChange: (items: T[]) => void;
  readonly children: (item: T, change: (item: T) => void, index: number) => ReactNode;
}

/** Some parts of one kind, each to be filled in, moved and removed. */
export function ListField<T>({ noun, items, most, empty, onChange, children }: ListProps<T>) {
  return (
    <div className="block-list">
      <ol>
        {items.map((item, index) => (
          <li key={index} aria-label={`${noun} ${index + 1}`}>
            <div className="block-list-item">
              {children(
                item,
                (next) => {
                  onChange(replaced(items, index, next));
                },
                index,
              )}
            </div>
            <div className="block-list-acts">
              <Button
                type="text"
                size="small"
                icon={<Icon of={ArrowUpOutlined} />}
                aria-label={`上移${noun} ${index + 1}`}
                disabled={index === 0}
                onClick={() => {
                  onChange([...moved(items, index, index - 1)]);
                }}
              />
              <Button
                type="text"
                size="small"
                icon={<Icon of={ArrowDownOutlined} />}
                aria-label={`下移${noun} ${index + 1}`}
                disabled={index === items.length - 1}
                onClick={() => {
                  onChange([...moved(items, index, index + 1)]);
                }}
              />
              <Button
                type="text"
                size="small"
                danger
                icon={<Icon of={DeleteOutlined} />}
                aria-label={`删除${noun} ${index + 1}`}
                onClick={() => {
                  onChange(items.toSpliced(index, 1));
                }}
              />
            </div>
          </li>
        ))}
      </ol>
      {items.length >= most ? (
        <p className="hint">
          最多 {most} 个{noun}。
        </p>
      ) : (
        <Button
          size="small"
          icon={<Icon of={PlusOutlined} />}
          onClick={() => {
            onChange([...items, structuredClone(empty)]);
          }}
        >
          添加{noun}
        </Button>
      )}
    </div>
  );
}
