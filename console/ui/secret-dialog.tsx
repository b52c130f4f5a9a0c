import { Alert, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** Null: there is none to show. */
  readonly secret: string | null;
  /** What its receiver does with it. */
  readonly children: ReactNode;
  readonly okText?: string;
  readonly onClose: () => void;
}

/** The only time anybody sees a secret whole. */
export function SecretDialog({ title, secret, children, okText = '我已交给对方', onClose }: Props) {
  return (
    <Modal
      open={secret !== null}
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText={okText}
      cancelButtonProps={{ hidden: true }}
      onOk={onClose}
    >
      <Alert type="warning" showIcon className="form-alert" title="只显示这一次，关闭后无法再看到。" />
      <p>{children}</p>
      <Typography.Text code copyable className="initial-password">
        {secret ?? ''}
      </Typography.Text>
    </Modal>
  );
}
