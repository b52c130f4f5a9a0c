import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select } from 'antd';

import { mostAskedUnits, mostOpinionDays, type ReviewOpinions } from '../../../contracts/opinion.ts';
import { type Review, reviewApi } from '../../../contracts/review.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { forgetOpinions } from './opinion-texts.ts';

interface Props {
  readonly review: Review;
  readonly onBehalfOf: ReviewOpinions['onBehalfOf'];
  readonly open: boolean;
  readonly onClose: () => void;
}

interface Fields {
  readonly unitIds: string[];
  readonly question: string;
  readonly withinDays: number | null;
}

/** Which units, what is asked of them, and how long the step waits. */
export function AskForm({ review, onBehalfOf, open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const params = { id: review.id };
  const units = useQuery({ ...queryFor(client, reviewApi.listAskableUnits, { params }), enabled: open });
  const ask = useAct<Fields, ReviewOpinions>({
    act: ({ unitIds, question, withinDays }) =>
      client.call(reviewApi.askOpinions, {
        params,
        body: {
          step: review.step,
          unitIds,
          question: question.trim(),
          ...(withinDays === null ? {} : { withinDays }),
          ...(onBehalfOf === null ? {} : { onBehalfOf: onBehalfOf.id }),
        },
      }),
    done: '已请其他单位会签',
    onDone: async () => {
      await forgetOpinions(queries);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title="请其他单位会签"
      okText="发出"
      form={form}
      initialValues={{ unitIds: [], question: '', withinDays: 3 }}
      act={ask}
      onClose={onClose}
      above={
        <p className="hint form-hint">
          各单位同时收到，互相看不到对方的意见。都答复、撤回或者逾期以后，这一环节才能通过。
        </p>
      }
    >
      <Form.Item
        name="unitIds"
        label={`单位（最多 ${String(mostAskedUnits)} 个）`}
        rules={[{ required: true, message: '请选择单位' }]}
      >
        <Select
          mode="multiple"
          maxCount={mostAskedUnits}
          loading={units.isPending}
          options={(units.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item
        name="question"
        label="请对方看什么"
        rules={[{ required: true, whitespace: true, min: 2, message: '请写明，至少两个字' }]}
      >
        <Input.TextArea
          maxLength={500}
          autoSize={{ minRows: 2 }}
          placeholder="如：第三条是否符合贵单位职责？"
        />
      </Form.Item>
      <Form.Item
        name="withinDays"
        label="几个工作日内答复"
        extra="到期没有答复的，可以继续办理，记为“逾期未答”。不填就一直等到答复。"
      >
        <InputNumber className="days-field" min={1} max={mostOpinionDays} precision={0} suffix="个工作日" />
      </Form.Item>
    </FormDialog>
  );
}
