import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';

import type { Attachment, FieldDescription } from '../../../contracts/library.ts';
import type { RichDocument } from '../../../contracts/rich-text.ts';
import type { Block } from '../../../contracts/blocks.ts';
import { AttachmentList } from './attachment-list.tsx';
import { BlocksEditor } from './blocks/blocks-editor.tsx';
import { BodyEditor } from './body/body-editor.tsx';
import { CoverImage } from './cover-image.tsx';
import { FilmFile } from './film-file.tsx';
import { ResourcePicker } from './resource-picker.tsx';
import { SiteField } from './site-field.tsx';
import { TermPicker } from './term-picker.tsx';

export interface FieldInputProps {
  readonly field: FieldDescription;
  readonly value: unknown;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly problem: string | undefined;
  /** Stands under the control. */
  readonly beside?: ReactNode;
  readonly onChange: (value: unknown) => void;
}

const requiredMark = { draft: '必填', submission: '提交前必填', never: undefined } as const;

/** Made of several controls, each with a name of its own. */
const withoutLabel: ReadonlySet<FieldDescription['kind']> = new Set([
  'rich-text',
  'attachments',
  'image',
  'film',
  'blocks',
]);

/** One field as the type's description asks for it. */
export function FieldInput(props: FieldInputProps) {
  const { field, problem } = props;
  const id = `field-${field.key}`;
  const mark = requiredMark[field.requiredAt];
  const label = (
    <>
      {field.name}
      {mark === undefined ? null : <span className="required-mark">{mark}</span>}
    </>
  );
  return (
    <Form.Item
      label={label}
      {...(withoutLabel.has(field.kind) ? {} : { htmlFor: id })}
      extra={field.help ?? field.patternHint}
      validateStatus={problem === undefined ? '' : 'error'}
      help={problem}
    >
      <Control {...props} id={id} />
      {props.beside}
    </Form.Item>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function limitOf(field: FieldDescription): { readonly maxLength?: number } {
  return field.maxLength === undefined ? {} : { maxLength: field.maxLength };
}

type Control = FieldInputProps & { readonly id: string };

type ControlKind = 'rich' | 'choice' | 'term' | 'text';
const controlKinds: Readonly<Record<FieldDescription['kind'], ControlKind>> = {
  'rich-text': 'rich',
  attachments: 'rich',
  image: 'rich',
  film: 'rich',
  blocks: 'rich',
  site: 'rich',
  choice: 'choice',
  choices: 'choice',
  words: 'choice',
  resources: 'choice',
  term: 'term',
  terms: 'term',
  line: 'text',
  text: 'text',
  day: 'text',
  number: 'text',
  link: 'text',
};

function Control(props: Control) {
  switch (controlKinds[props.field.kind]) {
    case 'rich':
      return <RichControl {...props} />;
    case 'choice':
      return <ChoiceControl {...props} />;
    case 'term':
      return <TermControl {...props} />;
    case 'text':
      return <TextControl {...props} />;
  }
}

function RichControl({ field, value, problem, ...common }: Control) {
  if (field.kind === 'blocks')
    return <BlocksEditor {...common} value={(value as readonly Block[] | undefined) ?? []} />;
  if (field.kind === 'site')
    return <SiteField {...common} value={typeof value === 'string' ? value : undefined} />;
  if (field.kind === 'attachments')
    return <AttachmentList {...common} value={(value as Attachment[] | undefined) ?? []} />;
  if (field.kind === 'image')
    return <CoverImage {...common} assetId={typeof value === 'string' ? value : null} />;
  if (field.kind === 'film')
    return <FilmFile {...common} assetId={typeof value === 'string' ? value : null} />;
  return <BodyEditor {...common} value={value as RichDocument} invalid={problem !== undefined} />;
}

function ChoiceControl({ id, field, value, readOnly, onChange }: Control) {
  if (field.kind === 'resources') {
    return (
      <ResourcePicker
        id={id}
        readOnly={readOnly}
        {...(field.resourceType === undefined ? {} : { type: field.resourceType })}
        most={field.maxItems ?? 20}
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={onChange}
      />
    );
  }
  if (field.kind === 'choices') {
    return (
      <Select
        id={id}
        disabled={readOnly}
        mode="multiple"
        placeholder="可以选多项"
        value={Array.isArray(value) ? (value as string[]) : []}
        options={(field.choices ?? []).map((choice) => ({ value: choice, label: choice }))}
        onChange={onChange}
      />
    );
  }
  if (field.kind === 'words') {
    return (
      <Select
        id={id}
        disabled={readOnly}
        mode="tags"
        tokenSeparators={[' ', ',', '，', '、', ';', '；']}
        open={false}
        suffix={null}
        placeholder="输入后按回车"
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={onChange}
      />
    );
  }
  return (
    <Select
      id={id}
      disabled={readOnly}
      allowClear
      value={textOf(value) === '' ? null : textOf(value)}
      options={(field.choices ?? []).map((choice) => ({ value: choice, label: choice }))}
      onChange={(choice: string | null | undefined) => {
        onChange(choice ?? '');
      }}
    />
  );
}

function TermControl({ id, field, value, readOnly, onChange }: Control) {
  const many = field.kind === 'terms';
  return (
    <TermPicker
      id={id}
      vocabulary={field.vocabulary ?? 'topic'}
      many={many}
      most={field.maxItems}
      orText={field.orText === true}
      readOnly={readOnly}
      value={Array.isArray(value) ? (value as string[]) : textOf(value) === '' ? [] : [textOf(value)]}
      onChange={(references) => {
        onChange(many ? references : (references[0] ?? ''));
      }}
    />
  );
}

function TextControl({ id, field, value, readOnly, onChange }: Control) {
  const common = { id, disabled: readOnly, value: textOf(value), ...limitOf(field) };
  const take = (event: { target: { value: string } }): void => {
    onChange(event.target.value);
  };
  if (field.kind === 'day') return <Input {...common} type="date" onChange={take} />;
  if (field.kind === 'number') return <Input {...common} inputMode="decimal" onChange={take} />;
  if (field.kind === 'link') return <Input {...common} type="url" placeholder="https://" onChange={take} />;
  if (field.kind === 'text')
    return <Input.TextArea {...common} autoSize={{ minRows: 2, maxRows: 8 }} onChange={take} />;
  if (field.key !== 'title') return <Input {...common} onChange={take} />;
  // One line in meaning, as many as it takes on a narrow screen.
  return (
    <Input.TextArea
      {...common}
      autoSize
      onChange={(event) => {
        onChange(event.target.value.replace(/[\r\n]+/g, ''));
      }}
    />
  );
}

interface LooseControl {
  readonly id: string;
  readonly field: FieldDescription;
  readonly unitId: string;
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
}

/** The control alone, for a form that keeps the value itself. */
export function FieldControl({ value, onChange, ...common }: LooseControl) {
  return (
    <Control
      {...common}
      value={value}
      readOnly={false}
      problem={undefined}
      onChange={(changed) => {
        onChange?.(changed);
      }}
    />
  );
}
