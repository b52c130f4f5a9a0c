import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';

interface Props {
  readonly open: boolean;
  readonly title: string;
  readonly okText: string;
  /** `吊销原因` */
  readonly label: string;
  readonly danger?: boolean;
  readonly isPending: boolean;
  /** What follows from it. */
  readonly children: ReactNode;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}

const shortest = 2;

/** An act that needs a reason. Give it the key of what it is about, so that each begins empty. */
export function ReasonDialog(props: Props) {
  const [reason, setReason] = useState('');
  return (
    <Modal
      open={props.open}
      title={props.title}
      okText={props.okText}
      okButtonProps={{ danger: props.danger ?? false, disabled: reason.trim().length < shortest }}
      confirmLoading={props.isPending}
      destroyOnHidden
      onCancel={props.onClose}
      onOk={() => {
        props.onReason(reason.trim());
      }}
    >
      <p>{props.children}</p>
      <label>
        {props.label}
        <Input
          value={reason}
          maxLength={200}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </label>
    </Modal>
  );
}
