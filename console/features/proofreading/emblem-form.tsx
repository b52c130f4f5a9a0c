import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useState } from 'react';

import { libraryApi } from '../../../contracts/library.ts';
import { type ApprovedEmblem, linkCheckApi } from '../../../contracts/link-check.ts';
import { forget } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

interface Fields {
  readonly name: string;
  readonly reason: string;
}

/** A file is looked at, uploaded as an asset of the operator's unit, and approved by its bytes. */
export function EmblemForm({ open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const { unitId } = useSession();
  const [form] = Form.useForm<Fields>();
  const [chosen, setChosen] = useState<{ readonly file: File; readonly src: string } | null>(null);
  const choose = (file: File | undefined): void => {
    if (chosen !== null) URL.revokeObjectURL(chosen.src);
    setChosen(file === undefined ? null : { file, src: URL.createObjectURL(file) });
  };
  const leave = (): void => {
    choose(undefined);
    onClose();
  };
  const approve = useAct<Fields, ApprovedEmblem>({
    act: async ({ name, reason }) => {
      if (chosen === null) throw new Error('no file is chosen');
      const { id } = await client.upload(libraryApi.uploadAsset, { fields: { unitId }, file: chosen.file });
      return client.call(linkCheckApi.approveEmblem, {
        body: { assetId: id, name: name.trim(), reason: reason.trim() },
      });
    },
    done: '已核准',
    onDone: async () => {
      leave();
      await forget(queries, linkCheckApi.listEmblems);
    },
  });
  const needed = (message: string) => [{ required: true, min: 2, whitespace: true, message }];
  return (
    <FormDialog<Fields>
      open={open}
      title="核准图片"
      okText="核准"
      isReady={chosen !== null}
      form={form}
      initialValues={{}}
      act={approve}
      onClose={leave}
    >
      <Form.Item label="图片文件" htmlFor="emblem-file" extra="PNG、JPEG、WebP 或 GIF，存入本单位的素材库。">
        <input
          id="emblem-file"
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif"
          onChange={({ target }) => {
            choose(target.files?.[0]);
          }}
        />
      </Form.Item>
      {chosen === null ? null : (
        <img className="emblem-picture emblem-chosen" src={chosen.src} alt={`预览：${chosen.file.name}`} />
      )}
      <Form.Item name="name" label="名称" rules={needed('请填写名称')}>
        <Input maxLength={60} placeholder="国徽" autoComplete="off" />
      </Form.Item>
      <Form.Item name="reason" label="依据" rules={needed('请写明核准的依据')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}
