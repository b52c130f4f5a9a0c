import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';

import { spellingApi } from '../../../contracts/spelling.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { inStretches, type ReadWords, readWordList } from './known-word-list.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

interface Fields {
  readonly text: string;
}

/** What one request takes. */
const atOnce = 200;

/** Words as they are typed, pasted or read from a file. */
export function KnownWordsForm({ open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const read = readWordList(Form.useWatch<string | undefined>('text', form) ?? '');
  const add = useAct<Fields>({
    act: async ({ text }) => {
      for (const words of inStretches(readWordList(text).words, atOnce)) {
        await client.call(spellingApi.addKnownWords, { body: { words: [...words] } });
      }
    },
    done: '已加入',
    onDone: async () => {
      onClose();
      await forget(queries, spellingApi.getSpelling);
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title="添加常用词"
      okText="加入"
      isReady={read.words.length > 0}
      form={form}
      initialValues={{ text: '' }}
      act={add}
      onClose={onClose}
      below={
        <p className="hint" role="status">
          {readText(read)}
        </p>
      }
    >
      <Form.Item label="从文件读入" htmlFor="known-words-file" extra="UTF-8 编码的 txt 文件，每行一个词。">
        <input
          id="known-words-file"
          type="file"
          accept=".txt,text/plain"
          onChange={({ target }) => {
            void target.files?.[0]?.text().then((text) => {
              form.setFieldValue('text', text);
            });
          }}
        />
      </Form.Item>
      <Form.Item name="text" label="词语" extra="每行一个，或用逗号、顿号隔开；每个 2 到 40 字。">
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} />
      </Form.Item>
    </FormDialog>
  );
}

const mostTold = 5;

function readText({ words, odd }: ReadWords): string {
  const ready = words.length === 0 ? '还没有可以加入的词语。' : `将加入 ${String(words.length)} 个词语。`;
  if (odd.length === 0) return ready;
  const told = odd.slice(0, mostTold).map(({ line, text }) => `第 ${String(line)} 行“${text}”`);
  return `${ready}不能用的有 ${String(odd.length)} 个：${told.join('、')}${odd.length > mostTold ? '等' : ''}。`;
}
