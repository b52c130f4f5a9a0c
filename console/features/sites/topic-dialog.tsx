import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';

import { reviewApi } from '../../../contracts/review.ts';
import { sitesApi, type Topic } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly topic: Topic;
  readonly onClose: () => void;
}

/** After an act: the list and the workbench are asked for again, and the dialog closes. */
function useAfter(onClose: () => void): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await forget(queries, sitesApi.listTopics, sitesApi.getTopic, reviewApi.getWorkbench);
    onClose();
  };
}

interface Fields {
  readonly keeperId?: string;
  readonly endsOn: string;
  readonly reason: string;
}

export function TopicDialog({ topic, onClose }: Props) {
  const client = useClient();
  const [form] = Form.useForm<Fields>();
  const params = { id: topic.resourceId };
  const care = useQuery(queryFor(client, sitesApi.getTopic, { params }));
  const onDone = useAfter(onClose);
  const save = useAct<Fields>({
    act: ({ keeperId, endsOn, reason }) =>
      client.call(sitesApi.changeTopic, {
        params,
        body: {
          expectedVersion: topic.version,
          keeperId: keeperId ?? null,
          endsOn: endsOn === '' ? null : endsOn,
          reason: reason.trim(),
        },
      }),
    done: '专题已修改',
    onDone,
  });
  return (
    <FormDialog<Fields>
      open
      title={`延期、负责人：${topic.title}`}
      form={form}
      initialValues={{
        ...(topic.keeperId === null ? {} : { keeperId: topic.keeperId }),
        endsOn: topic.endsOn ?? '',
        reason: '',
      }}
      isReady={care.data !== undefined}
      act={save}
      onClose={onClose}
    >
      <Form.Item
        name="endsOn"
        label="结束日期"
        extra="过了这一天专题归档。留空为不定期；已结束的专题改为今天或以后的日期，就重新展示。"
      >
        <Input type="date" min={topic.endsOn === null ? dayText(new Date()) : undefined} />
      </Form.Item>
      <Form.Item name="keeperId" label="负责人" extra="结束前会提醒负责人和责任单位。">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="未指定"
          loading={care.isPending}
          options={(care.data?.people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label="理由"
        rules={[{ required: true, min: 2, whitespace: true, message: '请写明理由，至少两个字' }]}
      >
        <Input maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}

export function EndTopic({ topic, onClose }: Props) {
  const client = useClient();
  const onDone = useAfter(onClose);
  const end = useAct<string>({
    act: (reason) =>
      client.call(sitesApi.endTopic, {
        params: { id: topic.resourceId },
        body: { expectedVersion: topic.version, reason },
      }),
    done: '专题已结束归档',
    onDone,
  });
  return (
    <ReasonDialog
      key={topic.resourceId}
      open
      title={`结束“${topic.title}”`}
      okText="结束归档"
      label="理由"
      danger
      isPending={end.isPending}
      onReason={(reason) => {
        end.mutate(reason);
      }}
      onClose={onClose}
    >
      网页马上注明今天结束归档，首页和各处的栏目板块不再展示；原网址仍可访问，以后可以延期恢复。
    </ReasonDialog>
  );
}
