import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';

import { severityNames } from '../../../contracts/proofreading.ts';
import { type RuleSet, ruleSetApi, ruleSetKindNames } from '../../../contracts/rule-set.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { RuleSetDetail } from './rule-set-detail.tsx';
import { RuleSetForm } from './rule-set-form.tsx';
import type { SectionProps } from './section-props.ts';
import { TextTrial } from './text-trial.tsx';

/** 校核规则: the sets by which texts are checked, what is in them, and what they would find. */
export function RuleSetsPage({ sections, mayKeep }: SectionProps) {
  const client = useClient();
  const sets = useQuery(queryFor(client, ruleSetApi.listRuleSets, {}));
  const [shownId, setShownId] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const shown = sets.data?.find(({ id }) => id === shownId);
  return (
    <Page
      wide
      title="校核规则"
      subtitle="编辑、提交时立即生效；已发布的信息在当天夜里重新校核。"
      actions={
        mayKeep ? (
          <Button
            type="primary"
            onClick={() => {
              setAdding(true);
            }}
          >
            新建规则集
          </Button>
        ) : null
      }
    >
      {sections}
      <Loaded query={sets} rows={4}>
        {(list) => <SetTable sets={list} shownId={shownId} onShow={setShownId} />}
      </Loaded>
      {shown === undefined ? null : <RuleSetDetail key={shown.id} set={shown} mayKeep={mayKeep} />}
      <TextTrial />
      {adding ? (
        <RuleSetForm
          onClose={() => {
            setAdding(false);
          }}
        />
      ) : null}
    </Page>
  );
}

interface TableProps {
  readonly sets: readonly RuleSet[];
  readonly shownId: string | null;
  readonly onShow: (id: string) => void;
}

function SetTable({ sets, shownId, onShow }: TableProps) {
  return (
    <Table<RuleSet>
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: 760 }}
      dataSource={[...sets]}
      locale={{ emptyText: '还没有规则集。先新建一套，再添加或导入规则。' }}
      columns={[
        {
          title: '名称',
          dataIndex: 'name',
          render: (_, set) => (
            <button
              type="button"
              className="link-button row-title"
              aria-current={set.id === shownId}
              onClick={() => {
                onShow(set.id);
              }}
            >
              {set.name}
            </button>
          ),
        },
        { title: '类别', render: (_, set) => ruleSetKindNames[set.kind] },
        { title: '级别', render: (_, set) => severityNames[set.severity] },
        { title: '条数', align: 'right', render: (_, set) => set.rules.toLocaleString('zh-CN') },
        {
          title: '状态',
          render: (_, set) => <Tag color={set.enabled ? 'success' : 'default'}>{stateText(set)}</Tag>,
        },
        {
          title: '最近修改',
          render: (_, set) =>
            `第 ${String(set.version)} 版 · ${set.changedByName} ${minuteText(set.changedAt)}`,
        },
      ]}
    />
  );
}

function stateText({ enabled, effectiveFrom, effectiveTo }: RuleSet): string {
  if (!enabled) return '停用';
  if (effectiveFrom === null && effectiveTo === null) return '启用';
  return `启用 ${effectiveFrom ?? ''} 至 ${effectiveTo ?? '长期'}`;
}
