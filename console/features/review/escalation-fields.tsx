import { Form, Select } from 'antd';

import type { StepNames } from '../../../contracts/review.ts';
import type { Escalate, StepFields } from './chain-fields.ts';
import { LimitFields } from './limit-fields.tsx';
import { PeopleSelect } from './people-select.tsx';

interface Props {
  readonly at: number;
  readonly step: StepFields;
  readonly names: StepNames;
  readonly onNames: (people: ReadonlyMap<string, string>) => void;
}

const options: { value: Escalate; label: string }[] = [
  { value: 'principal', label: '本单位签发人' },
  { value: 'operator', label: '运维人员' },
  { value: 'people', label: '指定的人' },
];

/** When a step with a time limit is overdue: after how long it is escalated, and to whom. */
export function EscalationFields({ at, step, names, onNames }: Props) {
  return (
    <>
      <div className="field-row">
        <LimitFields at={at} name="escalate" label="超期多久报告（不填为 1 个工作日）" what="超期报告" />
        <Form.Item name={[at, 'escalate']} label="报告给">
          <Select options={options} />
        </Form.Item>
      </div>
      {step.escalate === 'people' ? (
        <Form.Item
          name={[at, 'escalateIds']}
          label="报告给哪些人"
          extra="他们能看到稿件并催办，不能代为审核。"
          rules={[{ required: true, message: '请选择人员' }]}
        >
          <PeopleSelect role="principal" known={names.people} onNames={onNames} />
        </Form.Item>
      ) : null}
    </>
  );
}
