import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Radio } from 'antd';

import {
  type CheckRule,
  checkRuleApi,
  type CheckStanding,
  checkStandingNames,
} from '../../../contracts/check-rule.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText, minuteText } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly rule: CheckRule;
  readonly mayKeep: boolean;
  readonly onClose: () => void;
}

interface Fields {
  readonly standing: CheckStanding;
  readonly effectiveFrom: string;
  readonly reason: string;
}

/** How a built-in rule weighs from a day on, and what was decided on it so far. */
export function CheckRuleForm({ rule, mayKeep, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const params = { check: rule.check, rule: rule.rule };
  const decide = useAct<Fields, CheckRule>({
    act: ({ standing, effectiveFrom, reason }) =>
      client.call(checkRuleApi.changeCheckRule, {
        params,
        body: { expectedVersion: rule.version, standing, effectiveFrom, reason: reason.trim() },
      }),
    done: '已保存',
    onDone: async () => {
      await forget(queries, checkRuleApi.listCheckRules, checkRuleApi.listCheckDecisions);
      onClose();
    },
  });
  const title = `${rule.checkName}：${rule.name}`;
  if (!mayKeep) {
    return (
      <Modal open title={title} footer={null} onCancel={onClose}>
        <Decisions rule={rule} />
      </Modal>
    );
  }
  return (
    <FormDialog<Fields>
      open
      title={title}
      form={form}
      initialValues={{
        standing: rule.standing,
        effectiveFrom: dayText(new Date().toISOString()),
        reason: '',
      }}
      act={decide}
      onClose={onClose}
      above={
        <p className="hint form-hint">
          {rule.choices.includes('off')
            ? `内置级别是“${checkStandingNames[rule.usual]}”。`
            : `内置级别是“${checkStandingNames[rule.usual]}”。依法必须检查，不能停用，最低为“须说明理由”。`}
        </p>
      }
      below={<Decisions rule={rule} />}
    >
      <Form.Item name="standing" label="级别">
        <Radio.Group options={rule.choices.map((value) => ({ value, label: checkStandingNames[value] }))} />
      </Form.Item>
      <Form.Item
        name="effectiveFrom"
        label="生效日期"
        rules={[{ required: true, message: '请填写生效日期' }]}
      >
        <Input type="date" />
      </Form.Item>
      <Form.Item
        name="reason"
        label="理由"
        rules={[{ required: true, min: 2, whitespace: true, message: '请写明理由，至少两个字' }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}

function Decisions({ rule: { check, rule, version } }: Pick<Props, 'rule'>) {
  const client = useClient();
  const decisions = useQuery(queryFor(client, checkRuleApi.listCheckDecisions, { params: { check, rule } }));
  return (
    <section aria-label="历次决定">
      <h2 className="field-name">历次决定</h2>
      {version === 0 ? (
        <p className="hint">没有调整过。</p>
      ) : (
        <Loaded query={decisions} rows={2}>
          {(list) => (
            <ol className="plain-list">
              {list.map((one) => (
                <li key={one.number}>
                  自 {one.effectiveFrom} {checkStandingNames[one.standing]}：{one.reason}
                  <span className="hint">
                    {' '}
                    {one.changedByName} {minuteText(one.changedAt)}
                  </span>
                </li>
              ))}
            </ol>
          )}
        </Loaded>
      )}
    </section>
  );
}
