import { Alert, Modal, Typography } from 'antd';

import type { NewKey } from '../../../contracts/exchange.ts';

interface Props {
  readonly made: NewKey | null;
  readonly onClose: () => void;
}

/** The only time anybody sees the whole key. */
export function KeySecretDialog({ made, onClose }: Props) {
  return (
    <Modal
      open={made !== null}
      title={`“${made?.key.name ?? ''}”的访问密钥`}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText="我已交给对方"
      cancelButtonProps={{ hidden: true }}
      onOk={onClose}
    >
      <Alert type="warning" showIcon className="form-alert" title="只显示这一次，关闭后无法再看到。" />
      <p>
        对方在请求头里带上它：<code>Authorization: Bearer 密钥</code>
        。只支持用户名和密码的收割工具，把它填作密码。
      </p>
      <Typography.Text code copyable className="initial-password">
        {made?.secret ?? ''}
      </Typography.Text>
    </Modal>
  );
}
