import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, type FormInstance, Input, Radio, Segmented } from 'antd';
import { useState } from 'react';

import {
  opennessApi,
  type NewReassessment,
  type OpenMode,
  type Undisclosed,
} from '../../../contracts/openness.ts';
import { openModes, openToAll } from '../../../contracts/library.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { forget, pagesFor, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { OpennessFields } from './openness-fields.tsx';

type Shown = 'due' | 'all';

interface Props {
  readonly shown: Shown;
  readonly onShow: (shown: Shown) => void;
}

/** What was found not to be open, and when it is to be looked at again (article 18). */
export function UndisclosedPage({ shown, onShow }: Props) {
  const client = useClient();
  const query = shown === 'due' ? { due: true } : {};
  const list = useInfiniteQuery(pagesFor(client, opennessApi.listUndisclosed, { query }));
  const [chosen, setChosen] = useState<Undisclosed | null>(null);
  return (
    <Page
      title="不公开信息"
      subtitle="审核认定为依申请公开、不予公开的信息，留在库中，不上网站；按条例第十八条定期重新评估。"
    >
      <Segmented<Shown>
        aria-label="显示哪些不公开信息"
        value={shown}
        onChange={onShow}
        options={[
          { value: 'due', label: '待重新评估' },
          { value: 'all', label: '全部' },
        ]}
      />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return shown === 'due' ? (
              <EmptyState title="没有到期要重新评估的信息" hint="到期前两周会出现在这里和工作台上。" />
            ) : (
              <EmptyState title="没有不公开的信息" />
            );
          }
          return (
            <>
              <UndisclosedTable items={items} onReassess={setChosen} />
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
      {chosen === null ? null : (
        <ReassessDialog
          item={chosen}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
    </Page>
  );
}

interface TableProps {
  readonly items: readonly Undisclosed[];
  readonly onReassess: (item: Undisclosed) => void;
}

function UndisclosedTable({ items, onReassess }: TableProps) {
  return (
    <table className="list-table">
      <caption className="visually-hidden">不公开信息</caption>
      <thead>
        <tr>
          <th scope="col">标题</th>
          <th scope="col">单位</th>
          <th scope="col">公开属性</th>
          <th scope="col">理由</th>
          <th scope="col">评估期限</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.reviewId}>
            <td className="cell-title" data-label="标题">
              <Link to="/reviews/$id" params={{ id: item.reviewId }}>
                {item.title}
              </Link>
              {item.lastNote === null ? null : <p className="hint">上次评估：{item.lastNote}</p>}
            </td>
            <td data-label="单位">{item.unitName}</td>
            <td data-label="公开属性">{item.openMode}</td>
            <td data-label="理由">{item.reason}</td>
            <td data-label="评估期限">
              <span className={item.overdue ? 'problem' : undefined}>
                {item.dueOn}
                {item.overdue ? '（已过期）' : ''}
              </span>
            </td>
            <td data-label="操作">
              {item.reassessable ? (
                <Button
                  size="small"
                  aria-label={`重新评估 ${item.title}`}
                  onClick={() => {
                    onReassess(item);
                  }}
                >
                  重新评估
                </Button>
              ) : (
                <span className="hint">由本单位办理</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Fields {
  readonly outcome: NewReassessment['outcome'];
  readonly note: string;
  readonly nextDueOn: string;
}

const hiddenModes = openModes.filter((mode) => mode !== openToAll);

/** Before the form stands nothing is chosen yet. */
function useOutcome(form: FormInstance<Fields>): Fields['outcome'] {
  const watched = Form.useWatch('outcome', form) as Fields['outcome'] | undefined;
  return watched ?? 'keep';
}

function ReassessDialog({ item, onClose }: { readonly item: Undisclosed; readonly onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const outcome = useOutcome(form);
  const [openMode, setMode] = useState<OpenMode>(item.openMode);
  const [reasonKey, setReason] = useState<string | null>(null);
  const asked = useQuery({ ...queryFor(client, opennessApi.getOpennessForm, {}), staleTime: 60_000 });
  const params = { id: item.reviewId };
  const earlier = useQuery(queryFor(client, opennessApi.listReassessments, { params }));
  const save = useAct<Fields>({
    act: ({ note, nextDueOn }) => {
      const body: NewReassessment =
        outcome === 'may-open' || openMode === openToAll
          ? { outcome, note }
          : {
              outcome,
              note,
              openMode,
              reasonKey: reasonKey ?? '',
              ...(nextDueOn === '' ? {} : { nextDueOn }),
            };
      return client.call(opennessApi.reassess, { params, body });
    },
    done: '评估结果已记录',
    onDone: async () => {
      await forget(
        queries,
        opennessApi.listUndisclosed,
        opennessApi.listReassessments,
        reviewApi.getWorkbench,
      );
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open
      title={`重新评估：${item.title}`}
      okText="记录结果"
      isReady={outcome === 'may-open' || reasonKey !== null}
      form={form}
      initialValues={{ outcome: 'keep', note: '', nextDueOn: '' }}
      act={save}
      onClose={onClose}
      below={
        (earlier.data ?? []).length === 0 ? null : (
          <ol className="records">
            {(earlier.data ?? []).map((one, index) => (
              <li key={index}>
                <span className="record-name">{dayText(one.assessedAt)}</span>
                <span>
                  {one.openMode} · {one.assessedByName}
                  <q>{one.note}</q>
                </span>
              </li>
            ))}
          </ol>
        )
      }
    >
      <Form.Item name="outcome" label="评估结果">
        <Radio.Group
          options={[
            { value: 'keep', label: '仍不主动公开' },
            { value: 'may-open', label: '现在可以公开' },
          ]}
        />
      </Form.Item>
      {outcome === 'keep' ? (
        <div className="stack">
          <OpennessFields
            id="reassess"
            modes={hiddenModes}
            reasons={asked.data?.reasons ?? []}
            openMode={openMode}
            reasonKey={reasonKey}
            onMode={(mode) => {
              setMode(mode);
              setReason(null);
            }}
            onReason={setReason}
          />
        </div>
      ) : (
        <p className="hint">由信息员把公开方式改为“{openToAll}”，再提交审核，签发后才会发布。</p>
      )}
      <Form.Item
        name="note"
        label="评估意见"
        rules={[{ required: true, whitespace: true, min: 2, message: '请写明评估意见' }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
      </Form.Item>
      {outcome === 'keep' ? (
        <Form.Item
          name="nextDueOn"
          label="下次评估日期"
          extra={`不填为 ${String(asked.data?.reassessMonths ?? 12)} 个月后。`}
        >
          <Input type="date" />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}
