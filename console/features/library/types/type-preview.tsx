import { Form } from 'antd';
import { useState } from 'react';

import type { TypeDefinition } from '../../../../contracts/library.ts';
import { FieldInput } from '../field-input.tsx';

/** The operators' fields as an editor will meet them; what is typed here is kept nowhere. */
export function TypePreview({ definition }: { readonly definition: TypeDefinition }) {
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  return (
    <section className="type-preview" aria-label="表单预览">
      <h2>表单预览</h2>
      {definition.fields.length === 0 ? <p className="hint">增加字段后，这里显示填写时的样子。</p> : null}
      <Form layout="vertical" component="div">
        {definition.fields.map((field, at) => (
          <FieldInput
            key={at}
            field={{ ...field, key: `preview-${at}`, name: field.name || '（未命名）', group: 'main' }}
            value={values[field.key]}
            unitId=""
            readOnly={false}
            problem={undefined}
            onChange={(value) => {
              setValues({ ...values, [field.key]: value });
            }}
          />
        ))}
      </Form>
      <p className="hint">标题、附件、信息来源和信息公开要素等通用字段每个类型都有，不在这里列出。</p>
    </section>
  );
}
