import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';

import { type Correction, interactionApi, type NewTransfer } from '../../../contracts/interaction.ts';
import { ApiError } from '../../lib/api-error.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly correction: Correction;
  readonly onTransferred: () => void;
  readonly onOutdated: () => void;
}

/** To the unit whose matter it is, with the reason. */
export function TransferForm(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <section className="side-section">
      <p className="hint">不是{props.correction.unitName}的内容？</p>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        转给其他单位
      </Button>
      {open ? (
        <TransferDialog
          {...props}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </section>
  );
}

function TransferDialog({
  correction,
  onTransferred,
  onOutdated,
  onClose,
}: Props & { readonly onClose: () => void }) {
  const client = useClient();
  const units = useQuery({ ...queryFor(client, interactionApi.listAnsweringUnits, {}), staleTime: 300_000 });
  const [unitId, setUnitId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState('');
  const transfer = useAct<NewTransfer, { unitName: string }>({
    act: (body) => client.call(interactionApi.transferCorrection, { params: { id: correction.id }, body }),
    done: '已转办',
    onDone: onTransferred,
    onRefused: (error) => {
      if (error instanceof ApiError && error.status === 409) onOutdated();
      return false;
    },
  });
  const send = (): void => {
    if (unitId === null) setProblem('请选择单位');
    else if (reason.trim().length < 2) setProblem('请写明转办原因，接办单位会看到');
    else transfer.mutate({ expectedVersion: correction.version, unitId, reason: reason.trim() });
  };
  return (
    <Modal
      open
      title="转给其他单位"
      okText="转办"
      confirmLoading={transfer.isPending}
      onCancel={onClose}
      onOk={send}
    >
      <div className="stack">
        <label htmlFor="transfer-unit">接办单位</label>
        <Select<string>
          id="transfer-unit"
          value={unitId}
          placeholder="请选择"
          showSearch={{ optionFilterProp: 'label' }}
          options={(units.data ?? [])
            .filter(({ id }) => id !== correction.unitId)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => {
            setUnitId(value);
            setProblem('');
          }}
        />
        <label htmlFor="transfer-reason">转办原因</label>
        <Input.TextArea
          id="transfer-reason"
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={500}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
            setProblem('');
          }}
        />
        <p role="alert" className="problem">
          {problem}
        </p>
      </div>
    </Modal>
  );
}
