import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Tabs } from 'antd';
import { useState } from 'react';

import { severityNames } from '../../../contracts/proofreading.ts';
import { type Rule, ruleKey, type RuleSet, ruleSetApi } from '../../../contracts/rule-set.ts';
import { forget, pagesFor, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleSetForm } from './rule-set-form.tsx';
import { RulesImport } from './rules-import.tsx';

interface Props {
  readonly set: RuleSet;
  readonly mayKeep: boolean;
}

/** One rule set: its rules, its history, and what can be done with it. */
export function RuleSetDetail({ set, mayKeep }: Props) {
  const [dialog, setDialog] = useState<'settings' | 'rule' | 'import' | null>(null);
  const close = (): void => {
    setDialog(null);
  };
  const opener = (name: 'settings' | 'rule' | 'import', label: string) => (
    <Button
      onClick={() => {
        setDialog(name);
      }}
    >
      {label}
    </Button>
  );
  return (
    <section className="detail" aria-label={set.name}>
      <div className="detail-header">
        <h2>{set.name}</h2>
        {mayKeep ? (
          <div className="row">
            {opener('rule', '添加规则')}
            {set.kind === 'word' ? opener('import', '从文件导入') : null}
            {opener('settings', '设置')}
          </div>
        ) : null}
      </div>
      <Tabs
        items={[
          { key: 'rules', label: '规则', children: <RuleList set={set} mayKeep={mayKeep} /> },
          { key: 'versions', label: '版本', children: <Versions set={set} /> },
        ]}
      />
      {dialog === 'settings' ? <RuleSetForm set={set} onClose={close} /> : null}
      <RuleForm open={dialog === 'rule'} set={set} onClose={close} />
      <RulesImport open={dialog === 'import'} set={set} onClose={close} />
    </section>
  );
}

function RuleList({ set, mayKeep }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [contains, setContains] = useState('');
  const asked = { params: { id: set.id }, query: { limit: 50, ...(contains === '' ? {} : { contains }) } };
  const rules = useInfiniteQuery(pagesFor(client, ruleSetApi.listRules, asked));
  const remove = useAct<Rule, RuleSet>({
    act: (rule) =>
      client.call(ruleSetApi.changeRules, {
        params: { id: set.id },
        body: { expectedVersion: set.version, put: [], remove: [ruleKey(rule)], note: '' },
      }),
    done: '已移除',
    onDone: () =>
      forget(queries, ruleSetApi.listRuleSets, ruleSetApi.listRules, ruleSetApi.listRuleSetVersions),
  });
  return (
    <>
      <Input.Search
        allowClear
        aria-label="查找规则"
        placeholder="查找规则"
        style={{ maxWidth: 320, marginBottom: 12 }}
        onSearch={(text) => {
          setContains(text.trim().slice(0, 40));
        }}
      />
      <Loaded query={rules} rows={4}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState
                title={contains === '' ? '还没有规则' : `没有含“${contains}”的规则`}
                hint={contains === '' ? '逐条添加，词语还可以从文件导入。' : undefined}
              />
            );
          }
          return (
            <ul className="finding-list">
              {items.map((rule) => (
                <li key={ruleKey(rule)} className="finding">
                  <p className="finding-head">
                    <strong>{ruleKey(rule)}</strong>
                    <span>{describeRule(rule)}</span>
                    {mayKeep ? (
                      <button
                        type="button"
                        className="plain-button"
                        aria-label={`移除“${ruleKey(rule)}”`}
                        disabled={remove.isPending}
                        onClick={() => {
                          remove.mutate(rule);
                        }}
                      >
                        移除
                      </button>
                    ) : null}
                  </p>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      <LoadMore query={rules} />
    </>
  );
}

function describeRule(rule: Rule): string {
  if ('titles' in rule) {
    const period =
      rule.from === null && rule.to === null ? '' : `（${rule.from ?? ''} 至 ${rule.to ?? '今'}）`;
    return `第 ${String(rule.rank)} 位 · ${rule.titles.join('、')}${period}`;
  }
  const severity = rule.severity === null ? '' : ` · ${severityNames[rule.severity]}`;
  if ('pattern' in rule) return `${rule.pattern} · ${rule.message}${severity}`;
  const prefer = rule.prefer === null ? '' : `→ ${rule.prefer}`;
  const except = rule.exceptions.length === 0 ? '' : ` · ${rule.exceptions.join('、')}除外`;
  return `${prefer}${except}${rule.note === '' ? '' : ` · ${rule.note}`}${severity}`;
}

function Versions({ set }: { readonly set: RuleSet }) {
  const client = useClient();
  const versions = useQuery(queryFor(client, ruleSetApi.listRuleSetVersions, { params: { id: set.id } }));
  return (
    <Loaded query={versions} rows={3}>
      {(list) => (
        <ol className="plain-list">
          {list.map((one) => (
            <li key={one.number}>
              第 {one.number} 版：增 {one.added} 条，减 {one.removed} 条
              {one.note === '' ? '' : `；${one.note}`}
              <span className="hint">
                {' '}
                {one.changedByName} {minuteText(one.changedAt)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
