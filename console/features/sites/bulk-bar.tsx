import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';

import type { Role } from '../../../contracts/actor.ts';
import {
  type BulkKind,
  bulkKindNames,
  type BulkReport,
  mostBulkItems,
  mostReused,
  type NewBulkAct,
  sitesApi,
} from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { BulkReportDrawer } from './bulk-report.tsx';
import { columnTrail } from './column-tree.ts';

interface Props {
  readonly resourceIds: readonly string[];
  /** What is offered; what can be done with one's own, when absent. */
  readonly kinds?: readonly BulkKind[];
  /** The order was taken: nothing is chosen any more. */
  readonly onDone: () => void;
}

const offers: readonly (readonly [BulkKind, readonly Role[]])[] = [
  ['place', ['editor']],
  ['take-off', ['editor']],
  ['set-category', ['editor']],
  ['withdraw', ['reviewer', 'principal']],
  ['reuse', ['editor', 'reviewer', 'principal']],
];
const ofOwn: readonly BulkKind[] = ['place', 'take-off', 'set-category', 'withdraw'];

/** What can be done with all chosen resources, and the reports of what was done. */
export function BulkBar({ resourceIds, kinds = ofOwn, onDone }: Props) {
  const { roles } = useSession();
  const client = useClient();
  const [kind, setKind] = useState<BulkKind | null>(null);
  const [reportId, setReportId] = useState<string | null>(null);
  const [listing, setListing] = useState(false);
  const start = useAct<Omit<NewBulkAct, 'resourceIds'>, BulkReport>({
    act: (order) => client.call(sitesApi.startBulk, { body: { ...order, resourceIds: [...resourceIds] } }),
    onDone: (report) => {
      setKind(null);
      setReportId(report.id);
      onDone();
    },
  });
  const most = kinds.includes('reuse') ? mostReused : mostBulkItems;
  const tooMany = resourceIds.length > most;
  return (
    <div className="bulk-bar" role="group" aria-label="批量操作">
      {resourceIds.length === 0 ? (
        <span className="hint">勾选信息后可以批量操作。</span>
      ) : (
        <>
          <span role="status">已选 {resourceIds.length} 条</span>
          {tooMany ? <span className="hint">一次最多 {most} 条</span> : null}
          {offers
            .filter(
              ([offered, allowed]) => kinds.includes(offered) && allowed.some((role) => roles.includes(role)),
            )
            .map(([offered]) => (
              <Button
                key={offered}
                size="small"
                danger={offered === 'withdraw'}
                disabled={tooMany}
                onClick={() => {
                  setKind(offered);
                }}
              >
                {bulkKindNames[offered]}
              </Button>
            ))}
          <button type="button" className="plain-button" onClick={onDone}>
            取消选择
          </button>
        </>
      )}
      <button
        type="button"
        className="plain-button bulk-records"
        onClick={() => {
          setListing(true);
        }}
      >
        批量操作记录
      </button>
      {kind === null ? null : (
        <OrderDialog
          key={kind}
          kind={kind}
          number={resourceIds.length}
          busy={start.isPending}
          onClose={() => {
            setKind(null);
          }}
          onOrder={(order) => {
            start.mutate(order);
          }}
        />
      )}
      <BulkReportDrawer
        open={listing || reportId !== null}
        reportId={reportId}
        onChoose={setReportId}
        onClose={() => {
          setListing(false);
          setReportId(null);
        }}
      />
    </div>
  );
}

interface DialogProps {
  readonly kind: BulkKind;
  readonly number: number;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onOrder: (order: Omit<NewBulkAct, 'resourceIds'>) => void;
}

interface Fields {
  readonly columnId?: string;
  readonly reason?: string;
  readonly category?: string;
}

const explanations: Readonly<Record<BulkKind, string>> = {
  place: '每一条都增加这个栏目，内容仍是同一份；已发布的立即显示。',
  'take-off': '每一条都从这个栏目撤下，其他栏目不变；只在这一个栏目的不能这样撤下。',
  withdraw: '撤回后从所有栏目、列表和搜索中同时撤下，原网址说明已撤回。理由会记入审计。',
  reuse: '每一条都显示在这个栏目，注明来源，不复制；原单位修改或撤回，这里随即一样。原单位可以结束引用。',
  'set-category': '每一条都存为一个新版本；已发布的要重新送审，签发后才替换线上的版本。',
};

function OrderDialog({ kind, number, busy, onClose, onOrder }: DialogProps) {
  const [form] = Form.useForm<Fields>();
  return (
    <Modal
      open
      title={`${bulkKindNames[kind]}：${String(number)} 条`}
      okText="开始"
      okButtonProps={{ danger: kind === 'withdraw' }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <p>{explanations[kind]}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => {
          onOrder({ kind, ...fields });
        }}
      >
        <OrderField kind={kind} />
      </Form>
      <p className="hint">在后台逐条处理，每一条都按平时的权限和规则判断；完成后列出每一条的结果。</p>
    </Modal>
  );
}

function OrderField({ kind }: { readonly kind: BulkKind }) {
  const needed = (message: string) => [{ required: true, whitespace: true, message }];
  switch (kind) {
    case 'place':
    case 'take-off':
    case 'reuse':
      return (
        <Form.Item name="columnId" label="栏目" rules={[{ required: true, message: '请选择栏目' }]}>
          <ColumnChoice />
        </Form.Item>
      );
    case 'withdraw':
      return (
        <Form.Item name="reason" label="撤回理由" rules={[...needed('请写明理由'), { min: 2 }]}>
          <Input.TextArea rows={3} maxLength={500} showCount autoFocus />
        </Form.Item>
      );
    case 'set-category':
      return (
        <Form.Item name="category" label="信息类别" rules={needed('请填写信息类别')}>
          <Input maxLength={60} autoFocus />
        </Form.Item>
      );
  }
}

interface ChoiceProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (id: string) => void;
}

function ColumnChoice({ id, value, onChange }: ChoiceProps) {
  const client = useClient();
  const columns = useQuery({
    ...queryFor(client, sitesApi.listColumns, { query: { writable: true } }),
    staleTime: 60_000,
  });
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  const all = columns.data ?? [];
  const siteName = (of: string): string => sites.data?.find((site) => site.id === of)?.shortName ?? '';
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder="选择栏目"
      value={value ?? null}
      loading={columns.isPending}
      options={all
        .filter((column) => column.writable && !column.closed)
        .map((column) => ({
          value: column.id,
          label: `${siteName(column.siteId)} ${columnTrail(all, column)}`.trim(),
        }))}
      popupMatchSelectWidth={false}
      onChange={(chosen: string) => onChange?.(chosen)}
    />
  );
}
