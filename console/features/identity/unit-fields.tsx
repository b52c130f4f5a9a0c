import { Form, Input, Select } from 'antd';

import { type Unit, unitKindNames } from '../../../contracts/identity.ts';
import { formatIndexNumber, templatesFor } from '../../../contracts/index-number.ts';
import { unitOptions } from '../../lib/unit-tree.ts';

interface Props {
  /** Where in the form the unit stands; at its top when empty. */
  readonly at?: readonly (string | number)[];
}

const required = [{ required: true, min: 2, whitespace: true, message: '请填写，至少两个字' }];

export function ParentField({ at = [], units }: Props & { readonly units: readonly Unit[] }) {
  return (
    <Form.Item name={[...at, 'parentId']} label="上级单位">
      <Select
        allowClear
        placeholder="没有上级"
        showSearch={{ optionFilterProp: 'label' }}
        options={unitOptions(units)}
      />
    </Form.Item>
  );
}

export function UnitNameFields({ at = [] }: Props) {
  return (
    <>
      <Form.Item name={[...at, 'name']} label="单位名称" rules={required}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name={[...at, 'shortName']} label="简称" rules={required}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
    </>
  );
}

const sampleSerial = 27;

/** How the unit's index numbers are written from now on, each way with the next one it might give. */
export function IndexNumberField({ unit }: { readonly unit: Unit }) {
  const { organisationCode } = unit;
  const year = new Date().getFullYear();
  return (
    <Form.Item
      name="indexNumberTemplate"
      label="信息索取号格式"
      extra="例子里的年份、流水号是示意。已有的号码不变，流水号接着编。"
    >
      <Select
        options={templatesFor(unit).map((template) => ({
          value: template,
          label: formatIndexNumber(template, { organisationCode, year, serial: sampleSerial }),
        }))}
      />
    </Form.Item>
  );
}

/** What a unit is given once and keeps. */
export function UnitCodeFields({ at = [] }: Props) {
  return (
    <>
      <Form.Item
        name={[...at, 'organisationCode']}
        label="机构代码"
        extra="9 位组织机构代码或 18 位统一社会信用代码，编入信息索取号，以后不能更改。"
        rules={[
          {
            required: true,
            pattern: /^([0-9A-Z]{9}|[0-9A-Z]{18})$/,
            message: '9 位或 18 位大写字母与数字',
          },
        ]}
      >
        <Input maxLength={18} spellCheck={false} />
      </Form.Item>
      <Form.Item name={[...at, 'kind']} label="类别">
        <Select options={Object.entries(unitKindNames).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
    </>
  );
}
