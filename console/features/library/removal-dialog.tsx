import { Form, Input, Modal } from 'antd';

export const removals = ['withdraw', 'take-down'] as const;
export type Removal = (typeof removals)[number];

export const removalTexts: Readonly<
  Record<
    Removal,
    { readonly title: string; readonly ok: string; readonly reason: string; readonly follows: string }
  >
> = {
  withdraw: {
    title: '从网站撤回',
    ok: '撤回',
    reason: '撤回理由',
    follows: '撤回后，这篇信息会从所有栏目、列表和搜索中同时撤下，原网址说明已撤回。理由会记入审计。',
  },
  'take-down': {
    title: '下架这条信息',
    ok: '下架',
    reason: '下架理由',
    follows:
      '立即从全部网站撤下，并通知责任单位。责任单位改正后要重新走完审核才能再发布，正在进行的审核不能签发。理由会告知责任单位并记入审计。',
  },
};

interface RemovalProps {
  readonly removal: Removal | null;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}

/** Takes something from the public, with a reason that stays on record. */
export function RemovalDialog({ removal, busy, onClose, onReason }: RemovalProps) {
  const texts = removalTexts[removal ?? 'withdraw'];
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open={removal !== null}
      title={texts.title}
      okText={texts.ok}
      okButtonProps={{ danger: true }}
      confirmLoading={busy}
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <p>{texts.follows}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={({ reason }) => {
          onReason(reason.trim());
        }}
      >
        <Form.Item
          name="reason"
          label={texts.reason}
          rules={[{ required: true, min: 2, whitespace: true, message: '请写明理由' }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
