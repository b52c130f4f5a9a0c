import type { UseMutationResult } from '@tanstack/react-query';
import { Form, type FormInstance, Modal } from 'antd';
import type { ReactNode } from 'react';

interface Props<Fields extends object> {
  readonly open: boolean;
  readonly title: string;
  readonly okText?: string;
  /** Why it cannot be sent yet is said by what stands in the dialog. */
  readonly isReady?: boolean;
  readonly width?: number;
  readonly form: FormInstance<Fields>;
  readonly initialValues: Partial<Fields>;
  readonly act: UseMutationResult<unknown, unknown, Fields>;
  readonly onClose: () => void;
  readonly above?: ReactNode;
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

/** A form in a dialog: sent by its button or Enter, begun anew each time, and closed by whoever opened it. */
export function FormDialog<Fields extends object>(props: Props<Fields>) {
  const { open, title, okText = '保存', isReady = true, width, form, initialValues, act, onClose } = props;
  return (
    <Modal
      open={open}
      title={title}
      okText={okText}
      okButtonProps={{ disabled: !isReady }}
      {...(width === undefined ? {} : { width })}
      destroyOnHidden
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      {props.above}
      <Form<Fields>
        form={form}
        layout="vertical"
        preserve={false}
        requiredMark={false}
        initialValues={initialValues}
        onFinish={(fields) => {
          act.mutate(fields);
        }}
      >
        {props.children}
      </Form>
      {props.below}
    </Modal>
  );
}
