import { Form, Select } from 'antd';

import type { Unit } from '../../../contracts/identity.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { AddPart, RemovePart } from '../../ui/part-buttons.tsx';
import { afterRemoval, newUnit, type ReceiverFields, type SplitFields } from './split-fields.ts';
import { ParentField, UnitCodeFields, UnitNameFields } from './unit-fields.tsx';
import { usePeople } from './use-people.ts';

interface Props {
  readonly unitId: string | undefined;
  readonly units: readonly Unit[];
}

const most = 20;

/** Who receives: units that exist and units that the split makes, each with the people that go along. */
export function SplitReceivers({ unitId, units }: Props) {
  const people = usePeople(unitId);
  const form = Form.useFormInstance<SplitFields>();
  const receivers = Form.useWatch<(ReceiverFields | undefined)[] | undefined>('receivers') ?? [];
  const options = [
    { value: newUnit, label: '新设单位…', disabled: false },
    ...unitOptions(units.filter(({ id }) => id !== unitId)),
  ];
  return (
    <Form.List name="receivers">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => {
            const title = `接收单位 ${String(name + 1)}`;
            return (
              <fieldset key={key} className="part-fields">
                <legend>{title}</legend>
                <Form.Item name={[name, 'unit']} label="单位" rules={[{ required: true, message: '请选择' }]}>
                  <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
                </Form.Item>
                {receivers[name]?.unit === newUnit ? (
                  <>
                    <UnitNameFields at={[name, 'made']} />
                    <UnitCodeFields at={[name, 'made']} />
                    <ParentField at={[name, 'made']} units={units.filter(({ id }) => id !== unitId)} />
                  </>
                ) : null}
                <Form.Item name={[name, 'accountIds']} label="转去的人员" extra="没有选到的人员随其余内容。">
                  <Select
                    mode="multiple"
                    allowClear
                    placeholder={unitId === undefined ? '请先选择拆分的单位' : '可以不选'}
                    disabled={unitId === undefined}
                    options={people.map(({ id, realName, login }) => ({
                      value: id,
                      label: `${realName}（${login}）`,
                    }))}
                    showSearch={{ optionFilterProp: 'label' }}
                  />
                </Form.Item>
                {fields.length > 1 ? (
                  <RemovePart
                    what={title}
                    onRemove={() => {
                      remove(name);
                      const after = afterRemoval(form.getFieldsValue(), name);
                      form.setFieldValue('rules', after.rules);
                      form.setFieldValue('rest', after.rest);
                    }}
                  />
                ) : null}
              </fieldset>
            );
          })}
          <AddPart
            label="添加接收单位"
            disabled={fields.length >= most}
            onAdd={() => {
              add({ made: { kind: 'department' } });
            }}
          />
        </>
      )}
    </Form.List>
  );
}
