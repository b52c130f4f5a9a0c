import { CloseOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';

import { libraryApi, type SavedView } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { parseSearch, stringifySearch } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useAct } from '../../ui/use-act.ts';
import { isFiltered, type ListState, readListState } from './list-state.ts';

interface Props {
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
}

const searchOf = (state: ListState): string => stringifySearch({ ...state }).replace(/^\?/, '');

/** Filters that somebody keeps for themselves. */
export function SavedViews({ state, onChange }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [naming, setNaming] = useState(false);
  const asked = queryFor(client, libraryApi.listViews, {});
  const views = useQuery({ ...asked, staleTime: 300_000 }).data ?? [];
  const onDone = (all: SavedView[]): void => {
    setNaming(false);
    queries.setQueryData(asked.queryKey, all);
  };
  const keep = useAct<string, SavedView[]>({
    act: (name) => client.call(libraryApi.keepView, { body: { name, search: searchOf(state) } }),
    done: '视图已保存',
    onDone,
  });
  const forget = useAct<string, SavedView[]>({
    act: (id) => client.call(libraryApi.forgetView, { params: { id } }),
    onDone,
  });
  const current = searchOf(state);
  const isKept = views.some(({ search }) => search === current);
  if (views.length === 0 && !isFiltered(state)) return null;
  return (
    <div className="saved-views" role="group" aria-label="我的视图">
      {views.map(({ id, name, search }) => (
        <span key={id} className={search === current ? 'saved-view saved-view-current' : 'saved-view'}>
          <button
            type="button"
            aria-pressed={search === current}
            onClick={() => {
              onChange(readListState(parseSearch(search)));
            }}
          >
            {name}
          </button>
          <button
            type="button"
            aria-label={`删除视图“${name}”`}
            onClick={() => {
              forget.mutate(id);
            }}
          >
            <Icon of={CloseOutlined} />
          </button>
        </span>
      ))}
      {isFiltered(state) && !isKept ? (
        <Button
          size="small"
          onClick={() => {
            setNaming(true);
          }}
        >
          保存为视图
        </Button>
      ) : null}
      <NameDialog
        open={naming}
        busy={keep.isPending}
        onClose={() => {
          setNaming(false);
        }}
        onName={(name) => {
          keep.mutate(name);
        }}
      />
    </div>
  );
}

interface NameProps {
  readonly open: boolean;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onName: (name: string) => void;
}

function NameDialog({ open, busy, onClose, onName }: NameProps) {
  const [form] = Form.useForm<{ name: string }>();
  return (
    <Modal
      open={open}
      title="保存为视图"
      okText="保存"
      confirmLoading={busy}
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <p className="hint">把现在的筛选条件记下来，只有您自己能看到；用同样的名字保存会替换原来的。</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={({ name }) => {
          onName(name.trim());
        }}
      >
        <Form.Item
          name="name"
          label="名称"
          rules={[{ required: true, whitespace: true, message: '请起个名字' }]}
        >
          <Input maxLength={30} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
