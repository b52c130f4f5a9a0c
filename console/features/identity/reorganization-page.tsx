import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Popconfirm, Tag } from 'antd';
import { useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import type { Reorganization } from '../../../contracts/reorganization.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText, minuteText } from '../../lib/time.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useDeed } from '../../ui/use-act.ts';
import { ConfirmReorganization } from './confirm-reorganization.tsx';
import { deedText, isUnderWay, kindNames, stateNames } from './reorganization-words.ts';
import { ReorganizationReport } from './reorganization-report.tsx';
import { SplitStanding } from './split-standing.tsx';

interface Props {
  readonly id: string;
}

/** One reorganization: what it is to do, who decides, how far it has come, what came of it. */
export function ReorganizationPage({ id }: Props) {
  const client = useClient();
  const plan = useQuery({
    ...queryFor(client, identityApi.getReorganization, { params: { id } }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? 2_000 : false),
  });
  return (
    <Page
      wide
      title={plan.data?.name ?? '机构改革'}
      subtitle={plan.data && deedText(plan.data)}
      actions={plan.data && <Acts plan={plan.data} />}
    >
      <Loaded query={plan}>
        {(one) => (
          <div className="stack">
            <Standing plan={one} />
            {one.split === null ? null : <SplitStanding split={one.split} />}
            <ReorganizationReport plan={one} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Standing({ plan }: { readonly plan: Reorganization }) {
  const { kind, state, units, successor, split, newName, newShortName, note } = plan;
  const codeOf = (unit: Reorganization['successor']): string => `${unit.name}（${unit.organisationCode}）`;
  const byAndAt = (name: string | null, at: string | null): string =>
    name === null || at === null ? '—' : `${name}，${minuteText(at)}`;
  const subjects = {
    merger: [
      { key: 'units', label: '撤并的单位', children: units.map(codeOf).join('、') },
      { key: 'successor', label: '承接单位', children: codeOf(successor) },
    ],
    renaming: [
      { key: 'unit', label: '单位', children: codeOf(successor) },
      { key: 'name', label: '新名称', children: `${newName ?? ''}（简称：${newShortName ?? ''}）` },
    ],
    split: [
      { key: 'unit', label: '拆分的单位', children: codeOf(successor) },
      { key: 'after', label: '拆分以后', children: split?.restTo === null ? '继续存在' : '撤销' },
    ],
  };
  const items = [
    { key: 'state', label: '状态', children: <Tag>{stateNames[state]}</Tag> },
    { key: 'kind', label: '类别', children: kindNames[kind] },
    ...subjects[kind],
    { key: 'basis', label: '改革依据', children: plan.basis },
    { key: 'day', label: '生效日', children: dayText(plan.startsAt) },
    { key: 'planned', label: '提出', children: byAndAt(plan.plannedByName, plan.plannedAt) },
    { key: 'confirmed', label: '确认', children: byAndAt(plan.confirmedByName, plan.confirmedAt) },
    ...(plan.startedAt === null
      ? []
      : [{ key: 'started', label: '开始办理', children: minuteText(plan.startedAt) }]),
    ...(plan.endedAt === null
      ? []
      : [
          {
            key: 'ended',
            label: state === 'cancelled' ? '取消' : '办理完毕',
            children: minuteText(plan.endedAt),
          },
        ]),
  ];
  return (
    <>
      {note === null ? null : (
        <Alert type="warning" showIcon title="到生效日不能办理，已自动取消" description={note} />
      )}
      <Card title="事项">
        <Descriptions column={{ xs: 1, md: 2 }} items={items} />
      </Card>
    </>
  );
}

function Acts({ plan }: { readonly plan: Reorganization }) {
  const client = useClient();
  const queries = useQueryClient();
  const [confirming, setConfirming] = useState(false);
  const cancel = useDeed({
    act: () =>
      client.call(identityApi.cancelReorganization, {
        params: { id: plan.id },
        body: { expectedVersion: plan.version },
      }),
    done: '已取消',
    onDone: () => forget(queries, identityApi.listReorganizations, identityApi.getReorganization),
  });
  return (
    <>
      {plan.actions.includes('cancel') ? (
        <Popconfirm
          title="取消这项机构改革？"
          description="还没有开始办理，取消后什么都不变。"
          okText="取消改革"
          cancelText="不取消"
          onConfirm={() => {
            cancel.mutate();
          }}
        >
          <Button danger loading={cancel.isPending}>
            取消改革
          </Button>
        </Popconfirm>
      ) : null}
      {plan.actions.includes('confirm') ? (
        <Button
          type="primary"
          onClick={() => {
            setConfirming(true);
          }}
        >
          确认…
        </Button>
      ) : null}
      <ConfirmReorganization
        open={confirming}
        plan={plan}
        onClose={() => {
          setConfirming(false);
        }}
      />
    </>
  );
}
