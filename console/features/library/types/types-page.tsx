import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';

import { type DefinedType, libraryApi } from '../../../../contracts/library.ts';
import { queryFor } from '../../../lib/queries.ts';
import { useClient } from '../../../lib/services.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Page } from '../../../ui/page.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { TypeEditor } from './type-editor.tsx';

interface Props {
  /** A key, or `new`; the list when absent. */
  readonly chosen: string | undefined;
  readonly onChoose: (chosen: string | undefined) => void;
}

/** Types of resource: what each consists of. Operators add types, and fields to types, without a new program. */
export function TypesPage({ chosen, onChoose }: Props) {
  const client = useClient();
  const types = useQuery(queryFor(client, libraryApi.listTypeDefinitions, {}));
  return (
    <Loaded query={types} rows={12}>
      {(list) => {
        const type = list.find(({ key }) => key === chosen);
        if (type !== undefined || chosen === 'new') {
          return (
            <TypeEditor key={`${chosen ?? ''} ${String(type?.version)}`} type={type} onChoose={onChoose} />
          );
        }
        return <TypeList types={list} onChoose={onChoose} />;
      }}
    </Loaded>
  );
}

interface ListProps {
  readonly types: readonly DefinedType[];
  readonly onChoose: (chosen: string) => void;
}

function TypeList({ types, onChoose }: ListProps) {
  const add = (
    <Button
      type="primary"
      icon={<Icon of={PlusOutlined} />}
      onClick={() => {
        onChoose('new');
      }}
    >
      新增类型
    </Button>
  );
  return (
    <Page
      title="信息类型"
      subtitle="每条信息按它的类型填写、检查、显示和检索。系统自带的类型可以增加字段，也可以新增类型；发布后立即生效，已有的信息不受影响。"
      actions={add}
    >
      <table className="list-table">
        <caption className="visually-hidden">信息类型</caption>
        <thead>
          <tr>
            <th scope="col">类型</th>
            <th scope="col">来源</th>
            <th scope="col">自定义字段</th>
            <th scope="col">版本</th>
          </tr>
        </thead>
        <tbody>
          {[...types]
            .sort((a, b) => Number(a.builtIn) - Number(b.builtIn))
            .map((type) => (
              <TypeRow key={type.key} type={type} onChoose={onChoose} />
            ))}
        </tbody>
      </table>
    </Page>
  );
}

function TypeRow({
  type,
  onChoose,
}: {
  readonly type: DefinedType;
  readonly onChoose: (chosen: string) => void;
}) {
  const { fields, shape } = type.definition;
  return (
    <tr>
      <td data-label="类型" className="cell-title">
        <button
          type="button"
          className="link-button row-title"
          onClick={() => {
            onChoose(type.key);
          }}
        >
          {type.name}
        </button>
        {shape?.retired === true ? <span className="badge">已停用</span> : null}
        <span className="hint">{type.key}</span>
      </td>
      <td data-label="来源" className="cell-word">
        {type.builtIn ? '系统自带' : '自定义'}
      </td>
      <td data-label="自定义字段">{fields.length === 0 ? '—' : fields.map(({ name }) => name).join('、')}</td>
      <td data-label="版本" className="cell-word">
        {type.version === 0 ? '—' : `第 ${type.version} 版`}
      </td>
    </tr>
  );
}
