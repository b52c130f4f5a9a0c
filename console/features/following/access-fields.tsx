import { Form, Input } from 'antd';

import type { Subscription } from '../../../contracts/following.ts';

interface Props {
  /** The one to change; null to add one. */
  readonly subscription: Pick<Subscription, 'state'> | null;
}

/** Where the other platform is asked, and with what. */
export function AccessFields({ subscription }: Props) {
  const isNew = subscription === null;
  const needsKey = isNew || subscription.state === 'barred';
  return (
    <>
      <Form.Item
        name="address"
        label="对方数据共享地址"
        {...(isNew ? {} : { extra: '不能更改。对方换了地址的，请结束后新建订阅。' })}
        rules={[{ required: true, type: 'url', message: '请填写以 http:// 或 https:// 开头的地址' }]}
      >
        <Input
          maxLength={300}
          autoComplete="off"
          placeholder="https://exchange.example.gov.cn"
          disabled={!isNew}
        />
      </Form.Item>
      <Form.Item
        name="key"
        label={isNew ? '访问密钥' : '新的访问密钥'}
        extra={
          needsKey
            ? '由对方平台提供，加密保存，以后不再显示。'
            : '不填则沿用现在的密钥。加密保存，以后不再显示。'
        }
        rules={[{ required: needsKey, min: 10, message: '请填写对方给的密钥' }]}
      >
        <Input.Password maxLength={200} autoComplete="off" />
      </Form.Item>
    </>
  );
}
