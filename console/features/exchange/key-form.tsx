import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber } from 'antd';

import { type AccessKey, exchangeApi, type KeyTerms, type NewKey } from '../../../contracts/exchange.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText, endOfDay } from '../../lib/time.ts';
import { NameFields, ReachFields, type ReachOf, reachFields, reachOf } from '../../ui/reach-fields.tsx';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface Props {
  readonly open: boolean;
  /** The key to change; null to add one. */
  readonly accessKey: AccessKey | null;
  readonly onClose: () => void;
  readonly onMade: (made: NewKey) => void;
}

interface Fields extends ReachOf {
  readonly name: string;
  readonly holder: string;
  readonly fullText: boolean;
  readonly perMinute: number;
  readonly perDay: number;
  readonly expiresOn: string;
}

function termsOf(fields: Fields): KeyTerms {
  return {
    name: fields.name.trim(),
    holder: fields.holder.trim(),
    ...reachOf(fields),
    fullText: fields.fullText,
    perMinute: fields.perMinute,
    perDay: fields.perDay,
    expiresAt: fields.expiresOn === '' ? null : endOfDay(fields.expiresOn),
  };
}

const newTerms: KeyTerms = {
  name: '',
  holder: '',
  unitIds: null,
  columnIds: null,
  types: null,
  fullText: false,
  perMinute: 60,
  perDay: 10_000,
  expiresAt: null,
};

function initialOf(terms: KeyTerms): Fields {
  return {
    name: terms.name,
    holder: terms.holder,
    ...reachFields(terms),
    fullText: terms.fullText,
    perMinute: terms.perMinute,
    perDay: terms.perDay,
    expiresOn: terms.expiresAt === null ? '' : dayText(terms.expiresAt),
  };
}

export function KeyForm({ open, accessKey, onClose, onMade }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, NewKey | AccessKey>({
    act: (fields) =>
      accessKey === null
        ? client.call(exchangeApi.createKey, { body: termsOf(fields) })
        : client.call(exchangeApi.changeKey, {
            params: { id: accessKey.id },
            body: { expectedVersion: accessKey.version, ...termsOf(fields) },
          }),
    done: accessKey === null ? '密钥已新增' : '密钥已修改，下一次请求起生效',
    onDone: async (answer) => {
      if ('secret' in answer) onMade(answer);
      await forget(queries, exchangeApi.listKeys);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={accessKey === null ? '新增访问密钥' : `修改密钥：${accessKey.name}`}
      form={form}
      initialValues={initialOf(accessKey ?? newTerms)}
      act={save}
      onClose={onClose}
    >
      <NameFields of="哪个系统使用" />
      <ReachFields open={open} />
      <Form.Item name="fullText" valuePropName="checked">
        <Checkbox>可以读取正文和下载文件（不选则只有元数据）</Checkbox>
      </Form.Item>
      <div className="row">
        <Form.Item
          name="perMinute"
          label="每分钟最多（次）"
          rules={[{ required: true, message: '请填次数' }]}
        >
          <InputNumber min={1} max={6_000} precision={0} style={{ width: 140 }} />
        </Form.Item>
        <Form.Item name="perDay" label="每天最多（次）" rules={[{ required: true, message: '请填次数' }]}>
          <InputNumber min={1} max={10_000_000} precision={0} style={{ width: 140 }} />
        </Form.Item>
      </div>
      <Form.Item name="expiresOn" label="到期日" extra="当天结束时失效；不填为长期。">
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  );
}
