import { Form, Input, Select } from 'antd';

import type { Attachment, FieldDescription } from '../../../contracts/library.ts';
import type { RichDocument } from '../../../contracts/rich-text.ts';
import { AttachmentList } from './attachment-list.tsx';
import { BodyEditor } from './body/body-editor.tsx';
import { CoverImage } from './cover-image.tsx';

export interface FieldInputProps {
  readonly field: FieldDescription;
  readonly value: unknown;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly problem: string | undefined;
  readonly onChange: (value: unknown) => void;
}

const requiredMark = { draft: '必填', submission: '提交前必填', never: undefined } as const;

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
      {...(field.kind === 'rich-text' || field.kind === 'attachments' || field.kind === 'image'
        ? {}
        : { htmlFor: id })}
      extra={field.help ?? field.patternHint}
      validateStatus={problem === undefined ? '' : 'error'}
      help={problem}
    >
      <Control {...props} id={id} />
    </Form.Item>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function limitOf(field: FieldDescription): { readonly maxLength?: number } {
  return field.maxLength === undefined ? {} : { maxLength: field.maxLength };
}

function Control(props: FieldInputProps & { readonly id: string }) {
  switch (props.field.kind) {
    case 'rich-text':
      return (
        <BodyEditor
          value={props.value as RichDocument}
          unitId={props.unitId}
          readOnly={props.readOnly}
          invalid={props.problem !== undefined}
          onChange={props.onChange}
        />
      );
    case 'attachments':
      return (
        <AttachmentList
          value={(props.value as Attachment[] | undefined) ?? []}
          unitId={props.unitId}
          readOnly={props.readOnly}
          onChange={props.onChange}
        />
      );
    case 'image':
      return (
        <CoverImage
          assetId={typeof props.value === 'string' ? props.value : null}
          unitId={props.unitId}
          readOnly={props.readOnly}
          onChange={props.onChange}
        />
      );
    case 'line':
    case 'text':
    case 'day':
    case 'choice':
    case 'words':
      return <WordControl {...props} />;
  }
}

function WordControl({ field, value, readOnly, onChange, id }: FieldInputProps & { readonly id: string }) {
  const common = { id, disabled: readOnly };
  switch (field.kind) {
    case 'text':
      return (
        <Input.TextArea
          {...common}
          {...limitOf(field)}
          showCount={field.maxLength !== undefined}
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={textOf(value)}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      );
    case 'day':
      return (
        <Input
          {...common}
          type="date"
          value={textOf(value)}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          allowClear
          value={textOf(value) === '' ? null : textOf(value)}
          options={(field.choices ?? []).map((choice) => ({ value: choice, label: choice }))}
          onChange={(choice: string | null | undefined) => {
            onChange(choice ?? '');
          }}
        />
      );
    case 'words':
      return (
        <Select
          {...common}
          mode="tags"
          tokenSeparators={[' ', ',', '，', '、', ';', '；']}
          open={false}
          suffixIcon={null}
          placeholder="输入后按回车"
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={(words: string[]) => {
            onChange(words);
          }}
        />
      );
    case 'line':
    case 'rich-text':
    case 'attachments':
    case 'image':
      return (
        <Input
          {...common}
          {...limitOf(field)}
          value={textOf(value)}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      );
  }
}
