import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';

import { reviewApi, type UrgentRule } from '../../../contracts/review.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { UrgentRuleForm } from './urgent-rule-form.tsx';

/** Who may release urgently, unit by unit. */
export function UrgentRulesPage() {
  const client = useClient();
  const { roles } = useSession();
  const rules = useQuery(queryFor(client, reviewApi.listUrgentRules, {}));
  const [form, setForm] = useState<{ readonly rule: UrgentRule | null } | null>(null);
  const [ending, setEnding] = useState<UrgentRule | null>(null);
  const mayKeep = roles.includes('operator');
  return (
    <Page
      title="紧急发布授权"
      subtitle="按单位指定可以紧急发布的签发人。没有设置的单位不能紧急发布；委托他人代办的，受托人也不能紧急发布。"
      actions={
        mayKeep ? (
          <Button
            type="primary"
            icon={<Icon of={PlusOutlined} />}
            onClick={() => {
              setForm({ rule: null });
            }}
          >
            新增授权
          </Button>
        ) : undefined
      }
    >
      <Loaded query={rules}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="没有单位可以紧急发布" hint="应急、防汛、气象等单位需要时，在这里授权。" />
          ) : (
            <ul className="card-list" aria-label="紧急发布授权">
              {list.map((rule) => (
                <RuleCard
                  key={rule.unitId}
                  rule={rule}
                  {...(mayKeep
                    ? {
                        onChange: () => {
                          setForm({ rule });
                        },
                        onEnd: () => {
                          setEnding(rule);
                        },
                      }
                    : {})}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <UrgentRuleForm
        key={form?.rule?.unitId ?? 'new'}
        open={form !== null}
        rule={form?.rule ?? null}
        onClose={() => {
          setForm(null);
        }}
      />
      <EndRule
        key={`end-${ending?.unitId ?? ''}`}
        rule={ending}
        onClose={() => {
          setEnding(null);
        }}
      />
    </Page>
  );
}

interface CardProps {
  readonly rule: UrgentRule;
  readonly onChange?: () => void;
  readonly onEnd?: () => void;
}

function RuleCard({ rule, onChange, onEnd }: CardProps) {
  return (
    <li>
      <div>
        <strong>{rule.unitName}</strong> {rule.coversBelow ? <Tag>含下级单位</Tag> : null}
        <p>
          {rule.people.map(({ id, name, able }) => (
            <Tag key={id} color={able ? 'blue' : 'red'}>
              {name}
              {able ? '' : '（已不是签发人，不能紧急发布）'}
            </Tag>
          ))}
          发布后 {rule.reviewHours} 小时内补审
        </p>
        <p className="hint">
          {rule.note} · {rule.setByName} {minuteText(rule.setAt)}
        </p>
      </div>
      {onChange && onEnd ? (
        <span className="row">
          <Button aria-label={`修改：${rule.unitName}`} onClick={onChange}>
            修改
          </Button>
          <Button danger aria-label={`取消授权：${rule.unitName}`} onClick={onEnd}>
            取消授权
          </Button>
        </span>
      ) : null}
    </li>
  );
}

function EndRule({ rule, onClose }: { readonly rule: UrgentRule | null; readonly onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const end = useAct<string, UrgentRule[]>({
    act: (note) =>
      client.call(reviewApi.endUrgentRule, {
        params: { id: rule?.unitId ?? '0' },
        body: { expectedVersion: rule?.version ?? 0, note },
      }),
    done: '已取消授权',
    onDone: async () => {
      await forget(queries, reviewApi.listUrgentRules);
      onClose();
    },
  });
  return (
    <ReasonDialog
      open={rule !== null}
      title={`取消紧急发布授权：${rule?.unitName ?? ''}`}
      okText="取消授权"
      label="原因"
      danger
      isPending={end.isPending}
      onReason={(note) => {
        end.mutate(note);
      }}
      onClose={onClose}
    >
      已经紧急发布的信息照常补审。
    </ReasonDialog>
  );
}
