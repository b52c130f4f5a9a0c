import { Modal } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  readonly open: boolean;
  readonly title: string;
  readonly okText: string;
  readonly width?: number;
  /** What the file has to be like. */
  readonly hint: string;
  /** `选择 xlsx 文件` */
  readonly label: string;
  readonly accept: string;
  /** A file was looked at and something would change. */
  readonly isReady: boolean;
  readonly isRunning: boolean;
  /** Looks at a file without changing anything. */
  readonly onFile: (file: File) => void;
  readonly onRun: () => void;
  readonly onClose: () => void;
  /** What would happen. */
  readonly children: ReactNode;
}

/** Takes a file in two steps: what would change, then that it changes. */
export function ImportDialog(props: Props) {
  const { open, title, okText, width, isReady, isRunning, onFile, onRun, onClose } = props;
  return (
    <Modal
      open={open}
      title={title}
      okText={okText}
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={isRunning}
      destroyOnHidden
      {...(width === undefined ? {} : { width })}
      onCancel={onClose}
      onOk={onRun}
    >
      <p className="hint form-hint">{props.hint}</p>
      <label className="term-file">
        {props.label}
        <input
          type="file"
          accept={props.accept}
          onChange={({ target }) => {
            const file = target.files?.[0];
            // The same file, mended, is chosen again: without this the browser would not say so.
            target.value = '';
            if (file !== undefined) onFile(file);
          }}
        />
      </label>
      {props.children}
    </Modal>
  );
}
