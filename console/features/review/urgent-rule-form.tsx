import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';

import {
  mostReviewHours,
  type NewUrgentRule,
  reviewApi,
  type UrgentRule,
  usualReviewHours,
} from '../../../contracts/review.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { UnitField } from '../../ui/unit-field.tsx';
import { useAct } from '../../ui/use-act.ts';
import { PeopleSelect } from './people-select.tsx';

interface Props {
  /** Null: for a unit that has none yet. */
  readonly rule: UrgentRule | null;
  readonly open: boolean;
  readonly onClose: () => void;
}

type Fields = Omit<NewUrgentRule, 'expectedVersion'> & { readonly unitId?: string };

const noFields = { coversBelow: false, accountIds: [], reviewHours: usualReviewHours, note: '' };

const fieldsOf = ({ coversBelow, people, reviewHours }: UrgentRule) => ({
  coversBelow,
  reviewHours,
  note: '',
  accountIds: people.map(({ id }) => id),
});

/** Whom the digital centre lets release urgently, and how long the review may then take. */
export function UrgentRuleForm({ rule, open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [found, setFound] = useState<ReadonlyMap<string, string>>(new Map());
  const known = new Map([...(rule?.people ?? []).map(({ id, name }) => [id, name] as const), ...found]);
  const save = useAct<Fields, UrgentRule>({
    act: ({ unitId, note, ...wish }) =>
      client.call(reviewApi.setUrgentRule, {
        params: { id: rule?.unitId ?? unitId ?? '0' },
        body: { ...wish, note: note.trim(), expectedVersion: rule?.version ?? 0 },
      }),
    done: '已保存',
    onDone: async () => {
      await forget(queries, reviewApi.listUrgentRules);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={rule === null ? '新增紧急发布授权' : `修改紧急发布授权：${rule.unitName}`}
      form={form}
      initialValues={rule === null ? noFields : fieldsOf(rule)}
      act={save}
      onClose={onClose}
      above={
        <p className="hint form-hint">
          被授权的人一人签发即可发布，没办的环节事后补审。作者不能紧急发布自己的稿件。
        </p>
      }
    >
      {rule === null ? <UnitField label="单位" /> : null}
      <Form.Item name="coversBelow" valuePropName="checked">
        <Checkbox>下级单位没有自己的授权时，也由这些人紧急发布</Checkbox>
      </Form.Item>
      <Form.Item
        name="accountIds"
        label="可以紧急发布的签发人"
        rules={[{ required: true, message: '请至少选一人' }]}
      >
        <PeopleSelect role="principal" known={known} onNames={setFound} />
      </Form.Item>
      <Form.Item
        name="reviewHours"
        label="发布后几小时内补审"
        extra={`自然小时，不分工作日和节假日，最多 ${String(mostReviewHours)} 小时。`}
        rules={[{ required: true, message: '请填写小时数' }]}
      >
        <InputNumber min={1} max={mostReviewHours} precision={0} />
      </Form.Item>
      <Form.Item
        name="note"
        label="授权依据"
        rules={[{ required: true, whitespace: true, min: 2, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={200} placeholder="如：区政府办〔2026〕12号" />
      </Form.Item>
    </FormDialog>
  );
}
