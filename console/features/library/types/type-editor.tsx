import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';

import {
  type DefinedField,
  type DefinedType,
  libraryApi,
  type TypeDefinition,
  type TypeVersion,
} from '../../../../contracts/library.ts';
import { ApiError, fieldProblemsOf } from '../../../lib/api-error.ts';
import { forget, queryFor } from '../../../lib/queries.ts';
import { useClient } from '../../../lib/services.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Page } from '../../../ui/page.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { useAct } from '../../../ui/use-act.ts';
import { FieldCard } from './field-card.tsx';
import { TypeRefusal } from './type-refusal.tsx';
import {
  newField,
  draftOfType,
  freeKey,
  moved,
  newTypeDraft,
  replaced,
  type TypeDraft,
  usedKeys,
} from './type-draft.ts';
import { TypePreview } from './type-preview.tsx';
import { TypeShapeForm } from './type-shape-form.tsx';
import { TypeVersions } from './type-versions.tsx';

interface Props {
  /** Absent for one that is to be made. */
  readonly type: DefinedType | undefined;
  readonly onChoose: (chosen: string | undefined) => void;
}

/** One type: its settings, its fields, how the form will look, and its earlier versions. */
export function TypeEditor({ type, onChoose }: Props) {
  const client = useClient();
  const key = type?.key ?? 'article';
  const versions = useQuery({
    ...queryFor(client, libraryApi.listTypeVersions, { params: { id: key } }),
    enabled: type !== undefined,
  });
  if (type === undefined) return <Editor type={undefined} versions={[]} onChoose={onChoose} />;
  return (
    <Loaded query={versions} rows={10}>
      {(list) => <Editor type={type} versions={list} onChoose={onChoose} />}
    </Loaded>
  );
}

function Editor({ type, versions, onChoose }: Props & { readonly versions: readonly TypeVersion[] }) {
  const [draft, setDraft] = useState<TypeDraft>(() => (type ? draftOfType(type) : newTypeDraft));
  const publish = usePublication(type, onChoose);
  const { definition } = draft;
  const change = (part: Partial<TypeDefinition>): void => {
    publish.reset();
    setDraft({ ...draft, definition: { ...definition, ...part } });
  };
  const problems = fieldProblemsOf(publish.error);
  const next = (type?.version ?? 0) + 1;
  return (
    <Page
      wide
      title={type?.name ?? '新增类型'}
      subtitle={
        type === undefined
          ? undefined
          : `${type.key} · ${type.builtIn ? '系统自带，可以增加字段' : '自定义类型'}`
      }
      actions={
        <Button
          onClick={() => {
            onChoose(undefined);
          }}
        >
          全部类型
        </Button>
      }
    >
      <div className="type-grid">
        <Form layout="vertical" component="div">
          {definition.shape === null ? null : (
            <TypeShapeForm
              shape={definition.shape}
              code={draft.key}
              isNew={type === undefined}
              problems={problems}
              onCode={(code) => {
                setDraft({ ...draft, key: code });
              }}
              onChange={(shape) => {
                change({ shape });
              }}
            />
          )}
          <FieldCards
            fields={definition.fields}
            known={new Set(type?.definition.fields.map((field) => field.key))}
            problems={problems}
            onChange={(fields) => {
              change({ fields });
            }}
            onAdd={() => {
              change({ fields: [...definition.fields, newField(freeKey(usedKeys(versions, definition)))] });
            }}
          />
          <Form.Item label="变更说明" htmlFor="type-note" extra="写给以后查看的人：为什么增加或修改。">
            <Input
              id="type-note"
              maxLength={200}
              value={draft.note}
              onChange={(event) => {
                setDraft({ ...draft, note: event.target.value });
              }}
            />
          </Form.Item>
          <TypeRefusal error={publish.error} />
          <Button
            type="primary"
            loading={publish.isPending}
            onClick={() => {
              publish.mutate(draft);
            }}
          >
            发布第 {next} 版
          </Button>
          <p className="hint">
            发布后立即生效。已发布的信息照旧显示；新增的必填字段，在下一次提交审核时才要求填写。
          </p>
        </Form>
        <aside className="stack">
          <TypePreview definition={definition} />
          <TypeVersions versions={versions} />
        </aside>
      </div>
    </Page>
  );
}

/** Makes the type, or publishes its next version. */
function usePublication(type: DefinedType | undefined, onChoose: Props['onChoose']) {
  const client = useClient();
  const queries = useQueryClient();
  return useAct<TypeDraft, DefinedType>({
    act: ({ key, definition, note }) =>
      type === undefined
        ? client.call(libraryApi.createType, { body: { key: key as `x-${string}`, definition, note } })
        : client.call(libraryApi.changeType, {
            params: { id: type.key },
            body: { expectedVersion: type.version, definition, note },
          }),
    done: '已发布，立即生效',
    onDone: async (made) => {
      await forget(
        queries,
        libraryApi.listTypeDefinitions,
        libraryApi.listTypeVersions,
        libraryApi.listResourceTypes,
      );
      onChoose(made.key);
    },
    // It is said beside the button, with the list.
    onRefused: (error) => error instanceof ApiError && error.status !== 0,
  });
}

interface CardsProps {
  readonly fields: readonly DefinedField[];
  /** Keys of fields that are published already. */
  readonly known: ReadonlySet<string>;
  readonly problems: ReturnType<typeof fieldProblemsOf>;
  readonly onChange: (fields: DefinedField[]) => void;
  readonly onAdd: () => void;
}

function FieldCards({ fields, known, problems, onChange, onAdd }: CardsProps) {
  return (
    <section className="field-cards" aria-label="字段">
      <h2>{fields.length === 0 ? '字段' : `字段（${fields.length}）`}</h2>
      {fields.length === 0 ? (
        <Alert type="info" showIcon title="还没有自定义字段。" className="form-alert" />
      ) : null}
      {fields.map((field, at) => (
        <FieldCard
          // The place, because its code may still be typed.
          key={at}
          field={field}
          number={at + 1}
          isKnown={known.has(field.key)}
          problem={problems.find((one) => one.field === field.key)?.message}
          onChange={(changed) => {
            onChange(replaced(fields, at, changed));
          }}
          onMove={(by) => {
            onChange(moved(fields, at, by));
          }}
          onRemove={() => {
            onChange(fields.filter((_, index) => index !== at));
          }}
        />
      ))}
      <Button icon={<Icon of={PlusOutlined} />} onClick={onAdd} disabled={fields.length >= 60}>
        增加字段
      </Button>
    </section>
  );
}
