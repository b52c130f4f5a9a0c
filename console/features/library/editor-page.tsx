import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';

import { fieldNotes } from '../../../contracts/field-notes.ts';
import { fieldValue, withFieldValue } from '../../../contracts/field-values.ts';
import {
  type FieldDescription,
  libraryApi,
  type Resource,
  type ResourceContent,
  type ResourceType,
} from '../../../contracts/library.ts';
import { fieldProblemsOf, type FieldProblem } from '../../lib/api-error.ts';
import { contentForType, fieldsOf } from '../../lib/content.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText, minuteText } from '../../lib/time.ts';
import { useDocumentTitle } from '../../ui/page.tsx';
import { PreviewFrame } from '../../ui/preview-frame.tsx';
import { ErrorState, Loaded } from '../../ui/states.tsx';
import { AlikeList, AlikeNotice } from './alike-list.tsx';
import { ConflictView } from './conflict-view.tsx';
import { EditorHeader } from './editor-header.tsx';
import { FieldInput } from './field-input.tsx';
import { FieldNotes } from './field-notes.tsx';
import { FieldProblems } from './field-problems.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import { RelationPanel } from './relation-panel.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import { BodyDeskContext } from './proofreading/body-desk.ts';
import { FindingPanel } from './proofreading/finding-panel.tsx';
import type { PlaceWish } from './proofreading/place-wish.ts';
import { useProofreading } from './proofreading/use-proofreading.ts';
import { useDraft } from './use-draft.ts';

/** Parts of the editor that belong to other features; app/ hands them in. */
export interface EditorSlots {
  readonly placements: (resource: Resource) => ReactNode;
  readonly uses: (resource: Resource) => ReactNode;
  /** What it goes out with. */
  readonly release: (resource: Resource) => ReactNode;
  readonly responsibility: (resource: Resource) => ReactNode;
  readonly review: (resource: Resource) => ReactNode;
  readonly receipts: (resource: Resource) => ReactNode;
  /** Beside the control of a field that somebody may write. */
  readonly suggestion: (field: FieldDescription, beside: Beside) => ReactNode;
}

/** What stands beside a field knows of it. */
export interface Beside {
  readonly resourceId: string;
  readonly value: unknown;
  readonly onSave: () => Promise<unknown>;
  readonly onChange: (value: unknown) => void;
}

interface Props {
  readonly id: string;
  readonly slots: EditorSlots;
  readonly place: PlaceWish;
}

export function EditorPage({ id, slots, place }: Props) {
  const client = useClient();
  const resource = useQuery(queryFor(client, libraryApi.getResource, { params: { id } }));
  const types = useQuery({ ...queryFor(client, libraryApi.listResourceTypes, {}), staleTime: 60_000 });
  return (
    <div className="page page-wide">
      <Loaded query={types} rows={12}>
        {(list) => (
          <Loaded query={resource} rows={12}>
            {(loaded) => {
              const type = list.find(({ key }) => key === loaded.type);
              if (type === undefined) {
                return <ErrorState error={null} onRetry={() => void types.refetch()} />;
              }
              return <Editor key={loaded.id} resource={loaded} type={type} slots={slots} place={place} />;
            }}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

interface EditorProps {
  readonly resource: Resource;
  readonly type: ResourceType;
  readonly slots: EditorSlots;
  readonly place: PlaceWish;
}

function Editor({ resource, type, slots, place }: EditorProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [keeper, { state, found }] = useDraft(resource);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  // Who composes a page wants to see it while doing so.
  const isComposed = type.fields.some(({ kind }) => kind === 'blocks');
  const mayEdit = resource.actions.includes('edit');
  const [side, setSide] = useState(() => {
    if (place.rule !== undefined && mayEdit) return 'findings';
    return isComposed ? 'preview' : 'fields';
  });
  const [history, setHistory] = useState(false);
  useDocumentTitle(state.content.title === '' ? '编辑' : `编辑：${state.content.title}`);
  const readOnly = !mayEdit || found !== null;
  const proofreading = useProofreading({
    ...{ resource, type, readOnly, place },
    content: state.content,
    onChange: (content) => {
      keeper.edit(content);
    },
  });
  const takeAnswer = (answer: Resource): void => {
    queries.setQueryData(
      queryFor(client, libraryApi.getResource, { params: { id: answer.id } }).queryKey,
      answer,
    );
    keeper.heard(answer);
  };
  const shown = problems.length > 0 ? problems : fieldProblemsOf(state.error);
  const form = (group: 'main' | 'disclosure' | 'more') => (
    <Fields
      type={type}
      group={group}
      content={state.content}
      unitId={resource.unitId}
      readOnly={readOnly}
      problems={shown}
      suggestion={(field, value, onChange) =>
        slots.suggestion(field, {
          resourceId: resource.id,
          value,
          onSave: () => keeper.saveNow(),
          onChange,
        })
      }
      onChange={(content) => {
        if (problems.length > 0) setProblems([]);
        keeper.edit(content);
      }}
    />
  );
  return (
    <>
      <EditorHeader
        resource={resource}
        type={type}
        state={state}
        onSave={() => keeper.saveNow()}
        onHistory={() => {
          setHistory(true);
        }}
        onAnswer={takeAnswer}
        onProblems={setProblems}
        partName={proofreading.partName}
      />
      {found === null ? null : (
        <FoundCopy keptAt={found.keptAt} onResume={keeper.resume} onForget={keeper.forgetFound} />
      )}
      <StandingNotice resource={resource} />
      {mayEdit ? <AlikeNotice resourceId={resource.id} version={state.version} /> : null}
      {slots.review(resource)}
      <FieldProblems problems={shown} type={type} />
      <div className={`editor-grid editor-grid-${side}`}>
        <Form layout="vertical" component="div" className="editor-main">
          <BodyDeskContext value={proofreading.desk}>{form('main')}</BodyDeskContext>
        </Form>
        <aside className="editor-side" aria-label="属性与预览">
          <Tabs
            // Five stand beside each other, with a number behind one of them.
            tabBarGutter={14}
            activeKey={side}
            onChange={setSide}
            items={[
              {
                key: 'fields',
                label: '属性',
                children: (
                  <Form layout="vertical" component="div">
                    {type.key === 'home' ? null : (
                      <Section title="上栏目">{slots.placements(resource)}</Section>
                    )}
                    <Section title="公开属性">{form('disclosure')}</Section>
                    <Section title="更多">{form('more')}</Section>
                  </Form>
                ),
              },
              ...(readOnly
                ? []
                : [
                    {
                      key: 'findings',
                      label: proofreading.label,
                      children: <FindingPanel {...proofreading.panel} />,
                    },
                  ]),
              {
                key: 'preview',
                label: '预览',
                children: <PreviewFrame title="页面预览" resourceId={resource.id} stamp={state.version} />,
              },
              {
                key: 'links',
                label: '关联',
                children: (
                  <>
                    <Section title="用在哪里">{slots.uses(resource)}</Section>
                    <Section title="相互关系">
                      <RelationPanel resourceId={resource.id} version={state.version} />
                    </Section>
                    <Section title="正文相近的信息">
                      <AlikeList resourceId={resource.id} version={state.version} />
                    </Section>
                  </>
                ),
              },
              {
                key: 'release',
                label: '发布与责任',
                children: (
                  <>
                    <Section title="发布时间">
                      <ScheduleForm
                        key={resource.version}
                        resource={resource}
                        version={state.version}
                        onChanged={takeAnswer}
                      />
                    </Section>
                    <Section title="一同发布">{slots.release(resource)}</Section>
                    <Section title="发布回执">{slots.receipts(resource)}</Section>
                    <Section title="首发责任">{slots.responsibility(resource)}</Section>
                  </>
                ),
              },
            ]}
          />
        </aside>
      </div>
      <HistoryDrawer
        open={history}
        resourceId={resource.id}
        type={type}
        liveNumber={resource.liveRevisionNumber}
        {...(readOnly
          ? {}
          : {
              onRestore: (content: ResourceContent) => {
                setHistory(false);
                void keeper.putBack(contentForType(type, content));
              },
            })}
        onClose={() => {
          setHistory(false);
        }}
      />
      {state.theirs === null ? null : (
        <ConflictView
          type={type}
          mine={state.content}
          theirs={state.theirs}
          onTakeTheirs={keeper.takeTheirs}
          onKeepMine={keeper.keepMine}
        />
      )}
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="side-section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface FieldsProps {
  readonly type: ResourceType;
  readonly group: 'main' | 'disclosure' | 'more';
  readonly content: ResourceContent;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly problems: readonly FieldProblem[];
  readonly suggestion: (
    field: FieldDescription,
    value: unknown,
    onChange: (value: unknown) => void,
  ) => ReactNode;
  readonly onChange: (content: ResourceContent) => void;
}

// What is one line long stands above the body, so that nobody has to scroll past it to find it.
const lateKinds = new Set(['rich-text', 'attachments', 'blocks']);

function Fields({ type, group, content, unitId, readOnly, problems, suggestion, onChange }: FieldsProps) {
  const fields = [...fieldsOf(type, group)].sort(
    (a, b) => Number(lateKinds.has(a.kind)) - Number(lateKinds.has(b.kind)),
  );
  const notes = fieldNotes(fields, content, dayText(new Date()));
  return fields.map((field) => {
    const value = fieldValue(content, field.key);
    const change = (changed: unknown): void => {
      onChange(withFieldValue(content, field.key, changed));
    };
    return (
      <FieldInput
        key={field.key}
        field={field}
        value={value}
        unitId={unitId}
        readOnly={readOnly}
        problem={problems.find((one) => one.field === field.key)?.message}
        beside={
          <>
            <FieldNotes
              notes={notes.filter((note) => note.field === field.key)}
              readOnly={readOnly}
              onChange={change}
            />
            {readOnly ? null : suggestion(field, value, change)}
          </>
        }
        onChange={change}
      />
    );
  });
}

interface FoundProps {
  readonly keptAt: string;
  readonly onResume: () => void;
  readonly onForget: () => void;
}

function FoundCopy({ keptAt, onResume, onForget }: FoundProps) {
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="form-alert"
      title={`这台电脑上有 ${minuteText(keptAt)} 没来得及提交的修改。`}
      description="先决定要不要它，再继续编辑。"
      action={
        <div className="row">
          <button type="button" className="action-link" onClick={onResume}>
            恢复这些修改
          </button>
          <button type="button" className="plain-button" onClick={onForget}>
            不要了
          </button>
        </div>
      }
    />
  );
}

/** Why the page looks as it does: read only, withdrawn, or a live page with newer work. */
function StandingNotice({ resource }: { readonly resource: Resource }) {
  const { stage, hasLiveRevision, withdrawalReason, withdrawnAt } = resource;
  if (stage === 'withdrawn' && withdrawalReason !== null) {
    const when = withdrawnAt === null ? '' : `${minuteText(withdrawnAt)} `;
    return (
      <Alert
        type="warning"
        showIcon
        className="form-alert"
        title={`${when}已从网站撤回：${withdrawalReason}`}
      />
    );
  }
  if (stage === 'discarded') {
    return (
      <Alert type="info" showIcon className="form-alert" title="这篇稿件在回收站里，30 天内可以恢复。" />
    );
  }
  if (hasLiveRevision && stage !== 'live') {
    return (
      <Alert
        type="info"
        showIcon
        className="form-alert"
        title={`网站上显示的仍是第 ${String(resource.liveRevisionNumber)} 版；这里的修改审核签发后才会替换它。`}
      />
    );
  }
  return null;
}
