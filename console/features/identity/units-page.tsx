import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Tree } from 'antd';
import { useState } from 'react';

import { identityApi, type Unit, unitKindNames } from '../../../contracts/identity.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { type UnitNode, unitTree } from '../../lib/unit-tree.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { AccountTable } from './account-table.tsx';
import { UnitForm } from './unit-form.tsx';
import { UnitHistoryList } from './unit-history.tsx';

interface Props {
  readonly unitId: string | undefined;
  readonly words: string | undefined;
  readonly onChange: (address: { unit?: string; q?: string }) => void;
}

/** The tree of units on one side, the people of the chosen one on the other. */
export function UnitsPage({ unitId, words, onChange }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const units = useQuery(queryFor(client, identityApi.listUnits, {}));
  const [form, setForm] = useState<{ readonly unit: Unit | null } | null>(null);
  const mayShape = roles.includes('operator') || roles.includes('system-admin');
  return (
    <Page
      wide
      title="单位与账号"
      actions={
        mayShape ? (
          <Button
            icon={<Icon of={PlusOutlined} />}
            onClick={() => {
              setForm({ unit: null });
            }}
          >
            新增单位
          </Button>
        ) : undefined
      }
    >
      <Loaded query={units} rows={10}>
        {(list) => {
          const current = list.find(({ id }) => id === unitId);
          return (
            <div className="split split-tree">
              <nav aria-label="单位" className="unit-tree">
                <button
                  type="button"
                  className="link-button"
                  aria-current={current === undefined ? 'true' : undefined}
                  onClick={() => {
                    onChange({});
                  }}
                >
                  全部单位
                </button>
                {list.length === 0 ? (
                  <EmptyState title="还没有单位" />
                ) : (
                  <UnitTreeView
                    units={list}
                    current={current?.id}
                    onChoose={(unit) => {
                      onChange({ unit });
                    }}
                  />
                )}
              </nav>
              <div className="detail">
                {current === undefined ? null : (
                  <div className="detail-header">
                    <div>
                      <h2>
                        {current.name}
                        {current.closed ? <span className="badge">已撤销</span> : null}
                      </h2>
                      <p className="hint">
                        {unitKindNames[current.kind]} · 机构代码 {current.organisationCode}
                      </p>
                    </div>
                    {mayShape ? (
                      <Button
                        onClick={() => {
                          setForm({ unit: current });
                        }}
                      >
                        修改单位
                      </Button>
                    ) : null}
                  </div>
                )}
                {current === undefined ? null : <UnitHistoryList unitId={current.id} />}
                <AccountTable
                  unitId={current?.id}
                  words={words}
                  units={list}
                  onWords={(q) => {
                    onChange({
                      ...(unitId === undefined ? {} : { unit: unitId }),
                      ...(q === '' ? {} : { q }),
                    });
                  }}
                />
              </div>
              <UnitForm
                open={form !== null}
                unit={form?.unit ?? null}
                units={list}
                onClose={() => {
                  setForm(null);
                }}
              />
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

interface TreeProps {
  readonly units: readonly Unit[];
  readonly current: string | undefined;
  readonly onChoose: (id: string) => void;
}

function UnitTreeView({ units, current, onChoose }: TreeProps) {
  const tops = unitTree(units);
  return (
    <Tree<UnitNode>
      blockNode
      aria-label="单位树"
      treeData={[...tops]}
      defaultExpandedKeys={tops.length <= 3 ? tops.map(({ key }) => key) : []}
      selectedKeys={current === undefined ? [] : [current]}
      onSelect={(_, { node }) => {
        onChoose(node.value);
      }}
    />
  );
}
