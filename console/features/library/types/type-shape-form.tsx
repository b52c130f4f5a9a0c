import { Checkbox, Form, Input, Radio } from 'antd';

import type { TypeShape } from '../../../../contracts/library.ts';
import type { FieldProblem } from '../../../lib/api-error.ts';

interface Props {
  readonly shape: TypeShape;
  readonly code: string;
  readonly isNew: boolean;
  readonly problems: readonly FieldProblem[];
  readonly onCode: (code: string) => void;
  readonly onChange: (shape: TypeShape) => void;
}

const templates = [
  { value: 'article', label: '文章：标题、字段表、正文' },
  { value: 'record', label: '档案：标题、信息公开要素表、字段表、正文' },
] as const;
const bodies = [
  { value: 'needed', label: '必须有' },
  { value: 'optional', label: '可以没有' },
  { value: 'none', label: '没有正文' },
] as const;

/** What a type of the operators' own is called and how its pages look. */
export function TypeShapeForm({ shape, code, isNew, problems, onCode, onChange }: Props) {
  const problemOf = (field: string) => problems.find((one) => one.field === field)?.message;
  return (
    <section aria-label="类型设置">
      <h2>类型设置</h2>
      <div className="columns-2">
        <Form.Item
          label="类型名称"
          htmlFor="type-name"
          validateStatus={problemOf('name') === undefined ? '' : 'error'}
          help={problemOf('name')}
        >
          <Input
            id="type-name"
            maxLength={20}
            value={shape.name}
            onChange={(event) => {
              onChange({ ...shape, name: event.target.value });
            }}
          />
        </Form.Item>
        <Form.Item label="类型代码" htmlFor="type-code" extra="小写字母和数字，发布后不能改。">
          <Input
            id="type-code"
            prefix="x-"
            disabled={!isNew}
            maxLength={30}
            value={code.slice(2)}
            onChange={(event) => {
              onCode(`x-${event.target.value.trim()}`);
            }}
          />
        </Form.Item>
      </div>
      <Form.Item label="页面样式">
        <Radio.Group
          className="choice-lines"
          aria-label="页面样式"
          value={shape.template}
          options={[...templates]}
          onChange={(event) => {
            onChange({ ...shape, template: event.target.value as TypeShape['template'] });
          }}
        />
      </Form.Item>
      <Form.Item label="正文">
        <Radio.Group
          aria-label="正文"
          value={shape.body}
          options={[...bodies]}
          onChange={(event) => {
            onChange({ ...shape, body: event.target.value as TypeShape['body'] });
          }}
        />
      </Form.Item>
      {isNew ? null : (
        <Form.Item extra="停用后不能再新建；已有的信息照旧显示，也可以继续修改。">
          <Checkbox
            checked={shape.retired}
            onChange={(event) => {
              onChange({ ...shape, retired: event.target.checked });
            }}
          >
            停用这个类型
          </Checkbox>
        </Form.Item>
      )}
    </section>
  );
}
