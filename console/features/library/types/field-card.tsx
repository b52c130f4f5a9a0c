import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';

import { type DefinedField, definableKindNames, definableKinds } from '../../../../contracts/library.ts';
import { vocabularies, vocabularyNames } from '../../../../contracts/vocabulary.ts';
import { asKind, choicesFrom, without } from './type-draft.ts';

interface Props {
  readonly field: DefinedField;
  readonly number: number;
  /** Published already: its code and its kind stay. */
  readonly isKnown: boolean;
  readonly problem: string | undefined;
  readonly onChange: (field: DefinedField) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

const kindOptions = definableKinds.map((kind) => ({ value: kind, label: definableKindNames[kind] }));
const needs = [
  { value: 'never', label: '选填' },
  { value: 'submission', label: '提交审核前必填' },
  { value: 'draft', label: '新建时必填' },
] as const;

/** The text if there is any; a key with nothing is left out. */
function withText(field: DefinedField, help: string): DefinedField {
  return help.trim() === '' ? without(field, 'help') : { ...field, help };
}

export function FieldCard({ field, number, isKnown, problem, onChange, onMove, onRemove }: Props) {
  const id = (part: string): string => `own-field-${number}-${part}`;
  const name = field.name === '' ? `字段 ${number}` : `字段 ${number}：${field.name}`;
  return (
    <fieldset className="field-card">
      <legend>{name}</legend>
      <div className="field-card-grid">
        <Form.Item
          label="名称"
          htmlFor={id('name')}
          validateStatus={problem === undefined ? '' : 'error'}
          help={problem}
        >
          <Input
            id={id('name')}
            maxLength={30}
            value={field.name}
            onChange={(event) => {
              onChange({ ...field, name: event.target.value });
            }}
          />
        </Form.Item>
        <Form.Item label="代码" htmlFor={id('key')}>
          <Input
            id={id('key')}
            prefix="x."
            disabled={isKnown}
            maxLength={40}
            value={field.key.slice(2)}
            onChange={(event) => {
              onChange({ ...field, key: `x.${event.target.value.trim()}` });
            }}
          />
        </Form.Item>
        <Form.Item label="填写方式" htmlFor={id('kind')}>
          <Select
            id={id('kind')}
            disabled={isKnown}
            value={field.kind}
            options={kindOptions}
            onChange={(kind) => {
              onChange(asKind(field, kind));
            }}
          />
        </Form.Item>
        <Form.Item label="何时必填" htmlFor={id('needed')}>
          <Select
            id={id('needed')}
            value={field.requiredAt}
            options={[...needs]}
            onChange={(requiredAt: DefinedField['requiredAt']) => {
              onChange({ ...field, requiredAt });
            }}
          />
        </Form.Item>
        <Limits field={field} id={id} onChange={onChange} />
        <Form.Item className="field-card-wide" label="填写说明" htmlFor={id('help')}>
          <Input
            id={id('help')}
            maxLength={200}
            value={field.help ?? ''}
            onChange={(event) => {
              onChange(withText(field, event.target.value));
            }}
          />
        </Form.Item>
      </div>
      <div className="field-card-foot">
        <Flags field={field} onChange={onChange} />
        <div className="row">
          <Button
            size="small"
            aria-label={`上移${name}`}
            disabled={number === 1}
            onClick={() => {
              onMove(-1);
            }}
          >
            上移
          </Button>
          <Button
            size="small"
            aria-label={`下移${name}`}
            onClick={() => {
              onMove(1);
            }}
          >
            下移
          </Button>
          <Button size="small" danger aria-label={`删除${name}`} onClick={onRemove}>
            删除
          </Button>
        </div>
      </div>
    </fieldset>
  );
}

const flags = [
  ['onPage', '在页面上显示'],
  ['searchable', '可以搜到'],
  ['inList', '在后台列表显示'],
] as const;

function Flags({ field, onChange }: Pick<Props, 'field' | 'onChange'>) {
  return (
    <div className="row">
      {flags.map(([key, label]) => (
        <Checkbox
          key={key}
          checked={field[key]}
          onChange={(event) => {
            onChange({ ...field, [key]: event.target.checked });
          }}
        >
          {label}
        </Checkbox>
      ))}
    </div>
  );
}

interface LimitProps {
  readonly field: DefinedField;
  readonly id: (part: string) => string;
  readonly onChange: (field: DefinedField) => void;
}

function Limits({ field, id, onChange }: LimitProps) {
  switch (field.kind) {
    case 'line':
    case 'text':
      return (
        <Form.Item label="最多字数" htmlFor={id('length')}>
          <InputNumber
            id={id('length')}
            min={1}
            max={field.kind === 'line' ? 500 : 20_000}
            precision={0}
            value={field.maxLength ?? null}
            onChange={(maxLength) => {
              onChange({ ...field, maxLength: maxLength ?? 1 });
            }}
          />
        </Form.Item>
      );
    case 'number':
      return <Bounds field={field} id={id} onChange={onChange} />;
    case 'term':
    case 'terms':
      return (
        <Form.Item label="词表" htmlFor={id('vocabulary')} extra="词由运维人员在“分类词表”里维护。">
          <Select
            id={id('vocabulary')}
            value={field.vocabulary ?? 'topic'}
            options={vocabularies.map((value) => ({ value, label: vocabularyNames[value] }))}
            onChange={(vocabulary) => {
              onChange({ ...field, vocabulary });
            }}
          />
        </Form.Item>
      );
    case 'choice':
    case 'choices':
      // Another field in this place has other choices.
      return <Choices key={field.key} field={field} id={id} onChange={onChange} />;
    default:
      return null;
  }
}

function Bounds({ field, id, onChange }: LimitProps) {
  const bound = (key: 'minimum' | 'maximum', value: number | null): void => {
    onChange(value === null ? without(field, key) : { ...field, [key]: value });
  };
  return (
    <div className="row">
      {(['minimum', 'maximum'] as const).map((key) => (
        <Form.Item key={key} label={key === 'minimum' ? '最小值' : '最大值'} htmlFor={id(key)}>
          <InputNumber
            id={id(key)}
            value={field[key] ?? null}
            onChange={(value) => {
              bound(key, value);
            }}
          />
        </Form.Item>
      ))}
    </div>
  );
}

/** The text as it is typed: an empty line must not vanish under the cursor. */
function Choices({ field, id, onChange }: LimitProps) {
  const [text, setText] = useState((field.choices ?? []).join('\n'));
  return (
    <Form.Item className="field-card-wide" label="选项" htmlFor={id('choices')} extra="每行一个。">
      <Input.TextArea
        id={id('choices')}
        autoSize={{ minRows: 3, maxRows: 10 }}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange({ ...field, choices: choicesFrom(event.target.value) });
        }}
      />
    </Form.Item>
  );
}
