import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';

import { type Term, type Vocabulary, vocabularyApi, vocabularyNames } from '../../../contracts/vocabulary.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TermSelect } from './term-select.tsx';

interface Props {
  readonly open: boolean;
  readonly vocabulary: Vocabulary;
  readonly terms: readonly Term[];
  /** The term to change; absent to add one. */
  readonly term?: Term;
  readonly onClose: () => void;
}

interface Fields {
  readonly code: string;
  readonly label: string;
  readonly synonyms: string[];
  readonly parent?: string | null;
  readonly validFrom?: string;
  readonly note?: string;
}

const required = [{ required: true, whitespace: true, message: '请填写' }];

/** Adds a term, or gives one another name, other synonyms or another place. */
export function TermForm({ open, vocabulary, terms, term, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, Term>({
    act: ({ code, label, synonyms, parent, validFrom, note }) => {
      const wording = {
        label: label.trim(),
        synonyms,
        parent: parent ?? null,
        validFrom: validFrom === undefined || validFrom === '' ? null : validFrom,
        note: note ?? '',
      };
      return term === undefined
        ? client.call(vocabularyApi.addTerm, { body: { vocabulary, code, ...wording } })
        : client.call(vocabularyApi.changeTerm, {
            params: { id: term.id },
            body: { expectedVersion: term.version, ...wording },
          });
    },
    done: term === undefined ? '已新增' : '已保存，相关页面正在后台更新',
    onDone: async () => {
      await forget(queries, vocabularyApi.listTerms);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={term === undefined ? `新增词：${vocabularyNames[vocabulary]}` : `修改：${term.label}`}
      form={form}
      initialValues={initialOf(term)}
      act={save}
      onClose={onClose}
    >
      {term === undefined ? (
        <Form.Item
          name="code"
          label="代码"
          extra="信息里保存的就是代码，以后不能更改，也不会再给别的词。"
          rules={[
            {
              required: true,
              pattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/,
              message: '只用字母、数字和连字符，以字母或数字开头',
            },
          ]}
        >
          <Input maxLength={40} spellCheck={false} />
        </Form.Item>
      ) : null}
      <Form.Item name="label" label="名称" rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="synonyms" label="同义词" extra="按这些词也能搜到；不在页面上显示。">
        <Select
          mode="tags"
          open={false}
          suffix={null}
          tokenSeparators={['；', ';', '，', ',', '、']}
          placeholder="输入后按回车"
        />
      </Form.Item>
      <Form.Item name="parent" label="上级">
        <TermSelect terms={terms} without={term?.code} placeholder="没有上级" />
      </Form.Item>
      <Form.Item name="validFrom" label="启用日期" extra="只作记录；不填为不详。">
        <Input type="date" />
      </Form.Item>
      <Form.Item name="note" label="变更说明" extra="写进变更记录。">
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}

function initialOf(term: Term | undefined): Partial<Fields> {
  if (term === undefined) return { synonyms: [] };
  const { label, synonyms, parent, validFrom } = term;
  return { label, synonyms, parent, validFrom: validFrom ?? '' };
}
