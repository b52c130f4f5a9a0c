import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Select } from 'antd';
import { useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import { chainSentence, type ReviewChain, reviewApi, type StepNames } from '../../../contracts/review.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { columnOptions } from '../../lib/column-options.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useTypes } from '../../lib/use-types.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import {
  type ChainFields,
  fieldsOf,
  noNames,
  rangeText,
  type StepFields,
  stepsOf,
  versionOf,
} from './chain-fields.ts';
import { StepList } from './step-fields.tsx';

interface Props {
  /** Null: a new one. */
  readonly chain: ReviewChain | null;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** A chain from a day on: for whom, its steps, and what they say as a sentence. */
export function ChainForm({ chain, open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<ChainFields>();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), enabled: open });
  const [found, setFound] = useState(noNames.people);
  const names = {
    people: new Map([...(chain?.people ?? []).map(({ id, name }) => [id, name] as const), ...found]),
    units: new Map((units.data ?? []).map(({ id, name }) => [id, name])),
  };
  const save = useAct<ChainFields, ReviewChain>({
    act: (fields) =>
      chain === null
        ? client.call(reviewApi.createChain, {
            body: {
              unitId: fields.unitId ?? null,
              columnId: fields.columnId ?? null,
              type: fields.type ?? null,
              ...versionOf(fields),
            },
          })
        : client.call(reviewApi.changeChain, {
            params: { id: chain.id },
            body: { expectedVersion: chain.version, ...versionOf(fields) },
          }),
    done: '已保存',
    onDone: async () => {
      await forget(queries, reviewApi.listChains, reviewApi.chooseChain);
      onClose();
    },
  });
  return (
    <FormDialog<ChainFields>
      open={open}
      width={720}
      title={chain === null ? '新增审核流程' : `修改审核流程：${rangeText(chain)}`}
      form={form}
      initialValues={fieldsOf(chain)}
      act={save}
      onClose={onClose}
      above={
        <p className="hint form-hint">
          正在审核的稿件按开始时的流程走完。一人不能在同一稿件上办理两个环节，作者不能审核自己的稿件。
        </p>
      }
    >
      {chain === null ? <RangeFields units={units.data ?? []} /> : null}
      <Form.Item
        name="name"
        label="流程名称"
        rules={[{ required: true, whitespace: true, min: 2, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={40} placeholder="如：政策文件四级审核" />
      </Form.Item>
      <StepList units={units.data ?? []} names={names} onNames={setFound} />
      <StepSentence names={names} />
      <Form.Item name="fewPeopleReason" label="少于三人的理由" extra="少于三个不同的人审核时必填，留存备查。">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="effectiveOn" label="生效日期" rules={[{ required: true, message: '请选择日期' }]}>
        <Input type="date" min={dayText(new Date())} />
      </Form.Item>
      <Form.Item
        name="note"
        label="变更依据"
        rules={[{ required: true, whitespace: true, min: 2, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={200} placeholder="如：区政府办〔2026〕12号" />
      </Form.Item>
    </FormDialog>
  );
}

/** What the steps say as they stand in the form. */
function StepSentence({ names }: { readonly names: StepNames }) {
  const steps = Form.useWatch<(StepFields | undefined)[] | undefined>('steps') ?? [];
  return <Alert type="info" className="form-alert" title={chainSentence(stepsOf(steps), names)} />;
}

/** Which works it is for; what is left open sets no condition. */
function RangeFields({ units }: { readonly units: Parameters<typeof unitOptions>[0] }) {
  const client = useClient();
  const columns = useQuery(queryFor(client, sitesApi.listColumns, { query: {} }));
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  const types = useTypes();
  return (
    <div className="field-row">
      <Form.Item name="unitId" label="单位（含下级）">
        <Select
          allowClear
          placeholder="不限"
          options={unitOptions(units)}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="columnId" label="栏目（含下级）">
        <Select
          allowClear
          placeholder="不限"
          options={columnOptions(columns.data ?? [], sites.data ?? [])}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="type" label="信息类型">
        <Select
          allowClear
          placeholder="不限"
          options={types.map(({ key, name }) => ({ value: key, label: name }))}
        />
      </Form.Item>
    </div>
  );
}
