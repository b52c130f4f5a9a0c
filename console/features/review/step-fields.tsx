import { Form, Input, InputNumber, Segmented, Select } from 'antd';

import type { Unit } from '../../../contracts/identity.ts';
import { mostAskedUnits, mostOpinionDays } from '../../../contracts/opinion.ts';
import { mostSteps, type StepNames } from '../../../contracts/review.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { AddPart, RemovePart } from '../../ui/part-buttons.tsx';
import { type Asked, newStep, type StepFields } from './chain-fields.ts';
import { EscalationFields } from './escalation-fields.tsx';
import { LimitFields } from './limit-fields.tsx';
import { PeopleSelect } from './people-select.tsx';

interface Props {
  readonly units: readonly Unit[];
  readonly names: StepNames;
  readonly onNames: (people: ReadonlyMap<string, string>) => void;
}

/** The steps of a chain in their order; the last one is always the signature. */
export function StepList(props: Props) {
  const steps = Form.useWatch<(StepFields | undefined)[] | undefined>('steps') ?? [];
  return (
    <Form.List name="steps">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => {
            const isLast = name === fields.length - 1;
            return (
              <fieldset key={key} className="part-fields">
                <legend>{isLast ? '最后一个环节：签发' : `第 ${String(name + 1)} 个环节`}</legend>
                <StepFieldsOf {...props} at={name} isLast={isLast} step={steps[name] ?? {}} />
                {fields.length > 1 && !isLast ? (
                  <RemovePart
                    what={`第 ${String(name + 1)} 个环节`}
                    onRemove={() => {
                      remove(name);
                    }}
                  />
                ) : null}
              </fieldset>
            );
          })}
          <AddPart
            label="在签发前添加环节"
            disabled={fields.length >= mostSteps}
            onAdd={() => {
              add(newStep, Math.max(fields.length - 1, 0));
            }}
          />
        </>
      )}
    </Form.List>
  );
}

interface StepProps extends Props {
  readonly at: number;
  readonly isLast: boolean;
  readonly step: StepFields;
}

function StepFieldsOf({ at, isLast, step, units, names, onNames }: StepProps) {
  const askedOptions: { value: Asked; label: string }[] = [
    { value: 'role', label: '本单位担任角色的人' },
    ...(isLast ? [] : [{ value: 'unit' as const, label: '其他单位担任角色的人' }]),
    { value: 'people', label: '指定的人' },
  ];
  const role = isLast ? 'principal' : (step.role ?? 'reviewer');
  return (
    <>
      <div className="field-row">
        <Form.Item
          name={[at, 'name']}
          label="环节名称"
          rules={[{ required: true, whitespace: true, min: 2, message: '请填写，至少两个字' }]}
        >
          <Input maxLength={10} placeholder="如：初审" />
        </Form.Item>
        {isLast ? null : (
          <Form.Item name={[at, 'role']} label="角色">
            <Select
              options={[
                { value: 'reviewer', label: '审核员' },
                { value: 'principal', label: '签发人' },
              ]}
            />
          </Form.Item>
        )}
        <Form.Item name={[at, 'asked']} label="由谁办理">
          <Select options={askedOptions} />
        </Form.Item>
      </div>
      {step.asked === 'unit' && !isLast ? (
        <Form.Item name={[at, 'unitId']} label="哪个单位" rules={[{ required: true, message: '请选择单位' }]}>
          <Select options={unitOptions(units)} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
      ) : null}
      {step.asked === 'people' ? (
        <Form.Item
          name={[at, 'accountIds']}
          label="人员"
          extra={isLast ? '要在本单位担任签发人。' : undefined}
          rules={[{ required: true, message: '请选择人员' }]}
        >
          <PeopleSelect role={role} known={names.people} onNames={onNames} />
        </Form.Item>
      ) : null}
      <div className="field-row">
        <Form.Item name={[at, 'quorum']} label="几个人">
          <Segmented
            options={[
              { value: 'any', label: '任一人通过' },
              { value: 'all', label: '全部通过' },
            ]}
          />
        </Form.Item>
        <LimitFields at={at} name="limit" label="时限（可不填）" what="时限" />
      </div>
      <OpinionFields at={at} step={step} units={units} />
      {step.limitAmount ? <EscalationFields at={at} step={step} names={names} onNames={onNames} /> : null}
    </>
  );
}

/** Which other units are asked by themselves when the step begins (会签). */
function OpinionFields({ at, step, units }: Pick<StepProps, 'at' | 'step' | 'units'>) {
  return (
    <div className="field-row">
      <Form.Item name={[at, 'opinionUnitIds']} label="请哪些单位会签（可不选）">
        <Select
          mode="multiple"
          allowClear
          maxCount={mostAskedUnits}
          placeholder="环节开始时自动发出"
          options={unitOptions(units)}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      {(step.opinionUnitIds ?? []).length === 0 ? null : (
        <Form.Item
          name={[at, 'opinionDays']}
          label="会签期限（可不填）"
          extra="到期没有答复的，可以继续办理。"
        >
          <InputNumber className="days-field" min={1} max={mostOpinionDays} precision={0} suffix="个工作日" />
        </Form.Item>
      )}
    </div>
  );
}
