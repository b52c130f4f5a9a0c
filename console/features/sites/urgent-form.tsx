import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';

import { libraryApi } from '../../../contracts/library.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import {
  type UrgentLevel,
  urgentLevelNames,
  urgentLevels,
  type UrgentNotice,
  type UrgentStatus,
  urgentTextLimit,
} from '../../../contracts/urgent.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { instantOfLocalInput } from '../../lib/time.ts';
import { useAct } from '../../ui/use-act.ts';

interface Fields {
  readonly resourceId: string;
  readonly level: UrgentLevel;
  readonly text: string;
  readonly until?: string;
  readonly reason?: string;
}

interface Props {
  readonly open: boolean;
  /** The one that it takes the place of. */
  readonly current: UrgentNotice | null;
  readonly needsReason: boolean;
  readonly onClose: () => void;
}

export function UrgentForm({ open, current, needsReason, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const raise = useAct<Fields, UrgentStatus>({
    act: ({ resourceId, level, text, until, reason }) =>
      client.call(sitesApi.raiseUrgentNotice, {
        body: {
          resourceId,
          level,
          text: text.trim(),
          until: instantOfLocalInput(until ?? ''),
          ...(reason === undefined ? {} : { reason: reason.trim() }),
          ...(current === null ? {} : { replaces: current.id }),
        },
      }),
    done: '公告已发布，各网站正在显示',
    onDone: async () => {
      onClose();
      await forget(queries, sitesApi.getUrgentNotice);
    },
  });
  return (
    <Modal
      open={open}
      title={current === null ? '发布突发事件公告' : '更换突发事件公告'}
      okText="立即在所有网站显示"
      okButtonProps={{ danger: true }}
      confirmLoading={raise.isPending}
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ level: current?.level ?? 'red', text: current?.text ?? '', until: '' }}
        onFinish={(fields) => {
          raise.mutate(fields);
        }}
      >
        <Form.Item
          name="resourceId"
          label="链接的信息"
          extra="必须是已经发布的信息：先审核签发，再发布公告。"
          rules={[{ required: true, message: '请选择一条已发布的信息' }]}
        >
          <LiveResourceSelect />
        </Form.Item>
        <Form.Item
          name="text"
          label="公告文字"
          rules={[{ required: true, whitespace: true, message: '请写公告文字' }]}
        >
          <Input maxLength={urgentTextLimit} showCount />
        </Form.Item>
        <Form.Item name="level" label="级别">
          <Radio.Group options={urgentLevels.map((value) => ({ value, label: urgentLevelNames[value] }))} />
        </Form.Item>
        <Form.Item name="until" label="自动结束（可不填）" extra="不填则一直显示到有人撤下。">
          <Input type="datetime-local" />
        </Form.Item>
        {needsReason ? (
          <Form.Item
            name="reason"
            label="由运维人员发布的理由"
            extra="理由会记入审计。"
            rules={[{ required: true, whitespace: true, message: '请写明理由' }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}

interface SelectProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (id: string) => void;
}

function LiveResourceSelect({ id, value, onChange }: SelectProps) {
  const client = useClient();
  const [words, setWords] = useState('');
  const query = { stage: 'live' as const, sort: 'published' as const, limit: 20 };
  const found = useQuery({
    ...queryFor(client, libraryApi.listResources, {
      query: words.trim() === '' ? query : { ...query, q: words.trim() },
    }),
    placeholderData: (before) => before,
  });
  const items = (found.data?.items ?? []).filter(({ type }) => type !== 'home');
  return (
    <Select<string>
      {...(id === undefined ? {} : { id })}
      showSearch={{ filterOption: false, onSearch: setWords }}
      placeholder="按标题查找"
      {...(value === undefined ? {} : { value })}
      options={items.map((item) => ({ value: item.id, label: `${item.title}（${item.unitName}）` }))}
      onChange={(chosen) => onChange?.(chosen)}
    />
  );
}
