import { Form, Input } from 'antd';

/** What every plan says: by which document, and from which day. */
export function PlanFields() {
  return (
    <>
      <Form.Item
        name="basis"
        label="改革依据"
        extra="文件的文号，会写进单位沿革。"
        rules={[{ required: true, min: 2, whitespace: true, message: '请填写文号' }]}
      >
        <Input maxLength={200} placeholder="如：浔编发〔2026〕12号" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="day"
        label="生效日"
        extra="确认以后，从这一天零时起由后台办理。"
        rules={[{ required: true, message: '请选择生效日' }]}
      >
        <Input type="date" />
      </Form.Item>
    </>
  );
}
