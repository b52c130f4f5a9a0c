import { Alert, Modal, Typography } from 'antd';

import type { InitialPassword } from '../../../contracts/identity.ts';

interface Props {
  readonly initial: InitialPassword | null;
  readonly onClose: () => void;
}

/** The only time anybody sees this password; the person must change it at the first sign-in. */
export function InitialPasswordDialog({ initial, onClose }: Props) {
  return (
    <Modal
      open={initial !== null}
      title="初始密码"
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText="我已交给本人"
      cancelButtonProps={{ hidden: true }}
      onOk={onClose}
    >
      <Alert type="warning" showIcon className="form-alert" title="只显示这一次，关闭后无法再看到。" />
      <p>请当面或用可靠方式交给本人，首次登录时必须修改。</p>
      <Typography.Text code copyable className="initial-password">
        {initial?.initialPassword ?? ''}
      </Typography.Text>
    </Modal>
  );
}
