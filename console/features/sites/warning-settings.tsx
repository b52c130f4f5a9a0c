import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, InputNumber } from 'antd';
import { useState } from 'react';

import { sitesApi, type UpdateWarning } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

const fields = [
  {
    name: 'soonPercent',
    label: '过了期限的百分之几提醒',
    min: 1,
    max: 100,
    extra: '例如 80：10 天一更新的，第 8 天提醒。',
  },
  {
    name: 'fortnightDays',
    label: '14 天一更新的，第几天提醒',
    min: 1,
    max: 14,
    extra: '国办规定第 10 天预警。',
  },
  {
    name: 'escalateDays',
    label: '超期几天后报告签发人',
    min: 0,
    max: 365,
    extra: '签发人的工作台从那时起出现这个栏目。',
  },
  {
    name: 'topicDays',
    label: '专题结束前几天提醒',
    min: 1,
    max: 90,
    extra: '专题的负责人和责任单位的工作台从那时起出现这个专题。',
  },
] as const;

/** When people are reminded of columns. Operators say it. */
export function WarningSettings() {
  const client = useClient();
  const queries = useQueryClient();
  const { roles } = useSession();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<UpdateWarning>();
  const warning = useQuery({ ...queryFor(client, sitesApi.getUpdateWarning, {}), enabled: open });
  const save = useAct<UpdateWarning, UpdateWarning>({
    act: (body) => client.call(sitesApi.changeUpdateWarning, { body }),
    done: '提醒规则已修改',
    onDone: async () => {
      await forget(queries, sitesApi.getUpdateWarning, sitesApi.getCatalogue);
      setOpen(false);
    },
  });
  if (!roles.includes('operator')) return null;
  return (
    <>
      <Button
        className="no-print"
        onClick={() => {
          setOpen(true);
        }}
      >
        提醒规则
      </Button>
      {warning.data === undefined ? null : (
        <FormDialog<UpdateWarning>
          open={open}
          title="栏目更新和专题的提醒规则"
          form={form}
          initialValues={warning.data}
          act={save}
          onClose={() => {
            setOpen(false);
          }}
        >
          {fields.map(({ name, label, min, max, extra }) => (
            <Form.Item
              key={name}
              name={name}
              label={label}
              extra={extra}
              rules={[{ required: true, message: '请填写' }]}
            >
              <InputNumber min={min} max={max} precision={0} />
            </Form.Item>
          ))}
        </FormDialog>
      )}
    </>
  );
}
