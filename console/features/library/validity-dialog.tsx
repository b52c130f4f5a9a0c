import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';

import {
  libraryApi,
  type NewRuling,
  type Resource,
  validities,
  type ValidityRuling,
} from '../../../contracts/library.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText, minuteText } from '../../lib/time.ts';
import { Loaded } from '../../ui/states.tsx';
import { useAct, useDeed } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ResourcePicker } from './resource-picker.tsx';

interface Props {
  readonly open: boolean;
  readonly resourceId: string;
  readonly version: number;
  readonly onAnswer: (resource: Resource) => unknown;
  readonly onClose: () => void;
}

interface Fields {
  readonly validity: NewRuling['validity'];
  readonly effectiveOn: string;
  readonly basis: string;
  readonly basisIds: readonly string[];
  readonly replacedBy: readonly string[];
}

/** Says whether a published document still holds, and shows what was said before. */
export function ValidityDialog({ open, resourceId, version, onAnswer, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const params = { id: resourceId };
  const rulings = useQuery({ ...queryFor(client, libraryApi.listRulings, { params }), enabled: open });
  const onDone = async (): Promise<void> => {
    await forget(queries, libraryApi.listRulings, libraryApi.listResources);
    onAnswer(await client.call(libraryApi.getResource, { params }));
  };
  const rule = useAct<Fields, ValidityRuling>({
    act: ({ validity, effectiveOn, basis, basisIds, replacedBy }) =>
      client.call(libraryApi.ruleValidity, {
        params,
        body: {
          expectedVersion: version,
          validity,
          effectiveOn,
          basis: basis.trim(),
          basisResourceId: basisIds[0] ?? null,
          replacedById: replacedBy[0] ?? null,
        },
      }),
    done: '已认定，显示这份文件的各处随之更新',
    onDone: async () => {
      await onDone();
      onClose();
    },
  });
  const cancel = useDeed<ValidityRuling>({
    act: () => client.call(libraryApi.cancelRuling, { params, body: { expectedVersion: version } }),
    done: '已取消',
    onDone,
  });
  return (
    <FormDialog<Fields>
      open={open}
      title="认定有效性"
      okText="认定"
      width={640}
      form={form}
      initialValues={{
        validity: '废止',
        effectiveOn: dayText(new Date()),
        basis: '',
        basisIds: [],
        replacedBy: [],
      }}
      act={rule}
      onClose={onClose}
      above={
        <>
          {' '}
          <p className="hint form-hint">
            已签发的正文不变。页面、列表、搜索、政策文件库和数据共享从生效日期起按认定的有效性显示，以认定为准。
          </p>
        </>
      }
      below={
        <>
          {' '}
          <h3>认定记录</h3>
          <Loaded query={rulings} rows={2}>
            {(list) => (
              <Rulings
                rulings={list}
                busy={cancel.isPending}
                onCancel={() => {
                  cancel.mutate();
                }}
              />
            )}
          </Loaded>
        </>
      }
    >
      <div className="columns-2">
        <Form.Item name="validity" label="有效性">
          <Select options={validities.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item
          name="effectiveOn"
          label="生效日期"
          extra="将来的日期，到那一天零时自动生效。"
          rules={[{ required: true, message: '请选择日期' }]}
        >
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="basis" label="依据" extra="修改、废止或失效要写明依据，或者选择作为依据的信息。">
        <Input maxLength={200} placeholder="例如：有效期届满" />
      </Form.Item>
      <Form.Item name="basisIds" label="作为依据的信息">
        <OneResource id="basisIds" />
      </Form.Item>
      <Form.Item name="replacedBy" label="替代文件">
        <OneResource id="replacedBy" type="policy" />
      </Form.Item>
    </FormDialog>
  );
}

interface OneProps {
  readonly id: string;
  readonly type?: 'policy';
  readonly value?: readonly string[];
  readonly onChange?: (ids: readonly string[]) => void;
}

function OneResource({ id, type, value, onChange }: OneProps) {
  return (
    <ResourcePicker
      id={id}
      {...(type === undefined ? {} : { type })}
      most={1}
      readOnly={false}
      value={value ?? []}
      onChange={(ids) => {
        onChange?.(ids);
      }}
    />
  );
}

interface RulingsProps {
  readonly rulings: readonly ValidityRuling[];
  readonly busy: boolean;
  readonly onCancel: () => void;
}

const stateNames: Readonly<Record<ValidityRuling['state'], string>> = {
  applied: '',
  waiting: '（等待生效）',
  cancelled: '（已取消）',
};

function Rulings({ rulings, busy, onCancel }: RulingsProps) {
  if (rulings.length === 0) return <p className="hint">还没有认定，按正文填写的有效性显示。</p>;
  return (
    <ol className="plain-list term-history">
      {rulings.map((ruling) => (
        <li key={ruling.id}>
          <span>
            {ruling.effectiveOn} 起{ruling.validity}
            {stateNames[ruling.state]}
            {ruling.basis === '' ? '' : `：${ruling.basis}`}
          </span>
          <span className="hint">
            {minuteText(ruling.orderedAt)} {ruling.orderedByName}
          </span>
          {ruling.state === 'waiting' ? (
            <Button size="small" loading={busy} onClick={onCancel}>
              取消这项认定
            </Button>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
