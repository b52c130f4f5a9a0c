import { Form, InputNumber, Select, Space } from 'antd';

interface Props {
  /** Of which step. */
  readonly at: number;
  /** What the fields of the amount and its unit begin with. */
  readonly name: 'limit' | 'escalate';
  readonly label: string;
  /** What it is the number and the unit of, for those who hear the fields. */
  readonly what: string;
}

/** So many working hours or working days. */
export function LimitFields({ at, name, label, what }: Props) {
  return (
    <Form.Item label={label}>
      <Space.Compact>
        <Form.Item name={[at, `${name}Amount`]} noStyle>
          <InputNumber aria-label={`${what}数`} min={1} max={99} precision={0} />
        </Form.Item>
        <Form.Item name={[at, `${name}Unit`]} noStyle>
          <Select
            aria-label={`${what}单位`}
            options={[
              { value: 'hours', label: '工作小时' },
              { value: 'days', label: '工作日' },
            ]}
          />
        </Form.Item>
      </Space.Compact>
    </Form.Item>
  );
}
