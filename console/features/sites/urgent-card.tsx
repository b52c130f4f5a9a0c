import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Modal } from 'antd';
import { useState } from 'react';

import { sitesApi } from '../../../contracts/sites.ts';
import { urgentLevelNames, type UrgentNotice, type UrgentStatus } from '../../../contracts/urgent.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { UrgentForm } from './urgent-form.tsx';

const alertTypes = { red: 'error', orange: 'warning', blue: 'info' } as const;

/** 突发事件公告: what stands on top of every page of every site now, for those who may put it there. */
export function UrgentCard() {
  const client = useClient();
  const status = useQuery({ ...queryFor(client, sitesApi.getUrgentNotice, {}), refetchInterval: 30_000 });
  if (status.data?.may === 'no' && status.data.notice === null) return null;
  return (
    <Card title="突发事件公告" className="card-gap">
      <Loaded query={status} rows={1}>
        {(loaded) => <Standing status={loaded} />}
      </Loaded>
    </Card>
  );
}

function Standing({ status }: { readonly status: UrgentStatus }) {
  const { notice, may } = status;
  const [raising, setRaising] = useState(false);
  const [ending, setEnding] = useState(false);
  return (
    <div className="stack">
      {notice === null ? (
        <p className="hint">现在没有公告。发布后，所有网站的每个页面顶部立即显示，只能有一条。</p>
      ) : (
        <Shown notice={notice} />
      )}
      {may === 'no' ? null : (
        <div className="row">
          <Button
            danger={notice === null}
            onClick={() => {
              setRaising(true);
            }}
          >
            {notice === null ? '发布公告…' : '更换公告…'}
          </Button>
          {notice === null ? null : (
            <Button
              onClick={() => {
                setEnding(true);
              }}
            >
              撤下公告…
            </Button>
          )}
        </div>
      )}
      <UrgentForm
        open={raising}
        current={notice}
        needsReason={may === 'with-reason'}
        onClose={() => {
          setRaising(false);
        }}
      />
      {notice === null ? null : (
        <EndDialog
          open={ending}
          notice={notice}
          onClose={() => {
            setEnding(false);
          }}
        />
      )}
    </div>
  );
}

function Shown({ notice }: { readonly notice: UrgentNotice }) {
  const { level, text, resourceTitle, raisedAt, raisedByName, until } = notice;
  return (
    <Alert
      type={alertTypes[level]}
      showIcon
      title={text}
      description={
        <>
          {urgentLevelNames[level]} · {raisedByName} {minuteText(raisedAt)} 发布 ·{' '}
          {until === null ? '撤下前一直显示' : `${minuteText(until)} 自动结束`}
          <br />
          {resourceTitle === null
            ? '链接的信息已不在网站上，公告不再带链接，请更换或撤下。'
            : `链接：${resourceTitle}`}
        </>
      }
    />
  );
}

interface EndProps {
  readonly open: boolean;
  readonly notice: UrgentNotice;
  readonly onClose: () => void;
}

function EndDialog({ open, notice, onClose }: EndProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const end = useAct<string, UrgentStatus>({
    act: (reason) => client.call(sitesApi.endUrgentNotice, { body: { id: notice.id, reason } }),
    done: '公告已从所有网站撤下',
    onDone: async () => {
      onClose();
      await forget(queries, sitesApi.getUrgentNotice);
    },
  });
  return (
    <Modal
      open={open}
      title="撤下突发事件公告"
      okText="撤下"
      confirmLoading={end.isPending}
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={({ reason }) => {
          end.mutate(reason.trim());
        }}
      >
        <Form.Item
          name="reason"
          label="撤下理由"
          extra="理由会记入审计。"
          rules={[{ required: true, whitespace: true, message: '请写明理由' }]}
        >
          <Input maxLength={200} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
