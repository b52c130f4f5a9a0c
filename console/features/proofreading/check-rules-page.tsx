import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';

import { type CheckRule, checkRuleApi, checkStandingNames } from '../../../contracts/check-rule.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { SeverityTag } from '../../ui/finding-list.tsx';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { CheckRuleForm } from './check-rule-form.tsx';
import type { SectionProps } from './section-props.ts';

/** 内置规则: what texts are checked for without anybody's list, and how much it weighs here. */
export function CheckRulesPage({ sections, mayKeep }: SectionProps) {
  const client = useClient();
  const rules = useQuery(queryFor(client, checkRuleApi.listCheckRules, {}));
  const [chosen, setChosen] = useState<CheckRule | null>(null);
  return (
    <Page
      wide
      title="校核规则"
      subtitle="内置规则可以停用或另定级别，要说明理由；编辑、提交从生效日起按新级别，已发布的信息在当天夜里。"
    >
      {sections}
      <Loaded query={rules} rows={8}>
        {(list) => <RuleTable rules={list} mayKeep={mayKeep} onChoose={setChosen} />}
      </Loaded>
      {chosen === null ? null : (
        <CheckRuleForm
          key={`${chosen.check} ${chosen.rule}`}
          rule={chosen}
          mayKeep={mayKeep}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
    </Page>
  );
}

interface TableProps {
  readonly rules: readonly CheckRule[];
  readonly mayKeep: boolean;
  readonly onChoose: (rule: CheckRule) => void;
}

function RuleTable({ rules, mayKeep, onChoose }: TableProps) {
  return (
    <table className="list-table">
      <caption className="visually-hidden">内置规则</caption>
      <thead>
        <tr>
          <th scope="col">规则</th>
          <th scope="col">内置级别</th>
          <th scope="col">现行</th>
          <th scope="col">最近决定</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={`${rule.check} ${rule.rule}`}>
            <td data-label="规则" className="cell-title">
              {rule.name}
              <p className="hint">
                {rule.checkName}
                {rule.choices.includes('off') ? '' : ' · 依法必查'}
              </p>
            </td>
            <td data-label="内置级别">{checkStandingNames[rule.usual]}</td>
            <td data-label="现行">
              <div>
                <Standing rule={rule} />
              </div>
            </td>
            <td data-label="最近决定">{lastText(rule)}</td>
            <td data-label="操作">
              <Button
                size="small"
                aria-label={`${mayKeep ? '调整' : '查看'}${rule.checkName}：${rule.name}`}
                onClick={() => {
                  onChoose(rule);
                }}
              >
                {mayKeep ? '调整' : '查看'}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Standing({ rule: { standing } }: { readonly rule: CheckRule }) {
  return standing === 'off' ? <Tag>{checkStandingNames.off}</Tag> : <SeverityTag severity={standing} />;
}

function lastText({ last }: CheckRule): string {
  if (last === null) return '未调整';
  const { standing, effectiveFrom, changedByName, changedAt } = last;
  return `自 ${effectiveFrom} ${checkStandingNames[standing]} · ${changedByName} ${minuteText(changedAt)}`;
}
