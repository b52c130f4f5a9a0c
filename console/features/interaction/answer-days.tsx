import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber, Modal } from 'antd';
import { useState } from 'react';

import { type CorrectionRule, interactionApi } from '../../../contracts/interaction.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

/** The time limit, which an operator may change. */
export function AnswerDays() {
  const client = useClient();
  const { roles } = useSession();
  const rule = useQuery(queryFor(client, interactionApi.getCorrectionRule, {}));
  const [open, setOpen] = useState(false);
  if (rule.data === undefined) return null;
  const { answerDays } = rule.data;
  const text = `办理时限：${String(answerDays)} 个工作日`;
  if (!roles.includes('operator')) return <span className="hint">{text}</span>;
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        {text}
      </Button>
      <DaysDialog
        open={open}
        answerDays={answerDays}
        onClose={() => {
          setOpen(false);
        }}
      />
    </>
  );
}

interface DialogProps extends CorrectionRule {
  readonly open: boolean;
  readonly onClose: () => void;
}

function DaysDialog({ open, answerDays, onClose }: DialogProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [days, setDays] = useState(answerDays);
  const change = useAct<CorrectionRule, CorrectionRule>({
    act: (body) => client.call(interactionApi.changeCorrectionRule, { body }),
    done: '办理时限已调整',
    onDone: () => {
      onClose();
      void forget(queries, interactionApi.getCorrectionRule);
    },
  });
  return (
    <Modal
      open={open}
      title="办理时限"
      okText="保存"
      destroyOnHidden
      confirmLoading={change.isPending}
      onCancel={onClose}
      onOk={() => {
        change.mutate({ answerDays: days });
      }}
    >
      <div className="stack">
        <label htmlFor="answer-days">工作日（1 到 60），只对今后收到的纠错有效</label>
        <InputNumber
          id="answer-days"
          min={1}
          max={60}
          precision={0}
          value={days}
          onChange={(value) => {
            if (value !== null) setDays(value);
          }}
        />
      </div>
    </Modal>
  );
}
