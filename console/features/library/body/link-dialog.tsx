import type { Editor } from '@tiptap/core';
import { Button, Form, Input, Modal } from 'antd';

import { allowedHref } from '../../../../contracts/rich-text.ts';

interface Props {
  readonly editor: Editor;
  readonly open: boolean;
  readonly onClose: () => void;
}

interface Fields {
  readonly href: string;
  readonly text?: string;
}

function putLink(editor: Editor, { href, text }: Fields): void {
  const link = { type: 'link', attrs: { href } };
  const chain = editor.chain().focus().extendMarkRange('link');
  if (editor.state.selection.empty && !editor.isActive('link')) {
    const words = text === undefined || text.trim() === '' ? href : text.trim();
    chain.insertContent({ type: 'text', text: words, marks: [link] }).run();
    return;
  }
  chain.setLink({ href }).run();
}

export function LinkDialog({ editor, open, onClose }: Props) {
  const [form] = Form.useForm<Fields>();
  const isActive = editor.isActive('link');
  const needsText = editor.state.selection.empty && !isActive;
  const remove = (
    <Button
      key="remove"
      danger
      onClick={() => {
        editor.chain().focus().extendMarkRange('link').unsetLink().run();
        onClose();
      }}
    >
      取消链接
    </Button>
  );
  return (
    <Modal
      open={open}
      title="链接"
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
      footer={(buttons) => (
        <>
          {isActive ? remove : null}
          {buttons}
        </>
      )}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        preserve={false}
        requiredMark={false}
        initialValues={{ href: (editor.getAttributes('link')['href'] as string | undefined) ?? '', text: '' }}
        onFinish={(fields) => {
          putLink(editor, { ...fields, href: fields.href.trim() });
          onClose();
        }}
      >
        <Form.Item
          name="href"
          label="链接地址"
          extra="可以是 https:// 开头的网址、本站以 / 开头的地址、mailto: 邮箱、tel: 电话，或 # 开头的本页位置。"
          rules={[
            { required: true, message: '请填写链接地址' },
            {
              validator: (_, href: string) =>
                href.trim() === '' || allowedHref(href.trim())
                  ? Promise.resolve()
                  : Promise.reject(new Error('这个地址不能用作链接，请检查开头和其中的空格、符号')),
            },
          ]}
        >
          <Input autoFocus spellCheck={false} />
        </Form.Item>
        {needsText ? (
          <Form.Item name="text" label="显示文字（不填则显示地址）">
            <Input maxLength={200} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
