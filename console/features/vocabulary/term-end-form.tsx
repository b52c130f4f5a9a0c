import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';

import { type Term, vocabularyApi } from '../../../contracts/vocabulary.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TermSelect } from './term-select.tsx';

interface Props {
  readonly open: boolean;
  readonly term: Term;
  readonly terms: readonly Term[];
  readonly onClose: () => void;
}

interface Fields {
  readonly validUntil?: string;
  readonly replacedBy?: string | null;
  readonly note?: string;
}

/** Ends a term, says what took its place, or lets it hold again: nothing is deleted. */
export function TermEndForm({ open, term, terms, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, Term>({
    act: ({ validUntil, replacedBy, note }) =>
      client.call(vocabularyApi.endTerm, {
        params: { id: term.id },
        body: {
          expectedVersion: term.version,
          validUntil: validUntil === undefined || validUntil === '' ? null : validUntil,
          replacedBy: replacedBy ?? null,
          note: note ?? '',
        },
      }),
    done: '已保存，相关页面正在后台更新',
    onDone: async () => {
      await forget(queries, vocabularyApi.listTerms);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={`停用或替代：${term.label}`}
      form={form}
      initialValues={{ validUntil: term.validUntil ?? dayText(new Date()), replacedBy: term.replacedBy }}
      act={save}
      onClose={onClose}
      above={
        <>
          {' '}
          <p className="hint form-hint">
            已经归入这个词的信息不变，仍然显示它；填写替代词后，按替代词也能查到这些信息。停用后新的信息不能再选它。
          </p>
        </>
      }
    >
      <Form.Item name="validUntil" label="停用日期" extra="从这一天起不再使用；清空则恢复使用。">
        <Input type="date" />
      </Form.Item>
      <Form.Item name="replacedBy" label="由哪个词替代">
        <TermSelect terms={terms} without={term.code} placeholder="不替代，只停用" />
      </Form.Item>
      <Form.Item name="note" label="变更说明">
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
