import { Card } from 'antd';

import type { Split } from '../../../contracts/unit-split.ts';

interface Props {
  readonly split: Split;
}

/** Who receives what, as it was planned. */
export function SplitStanding({ split }: Props) {
  const { receivers, rules, restTo } = split;
  const nameOf = (receiver: number): string => receivers[receiver]?.name ?? '';
  return (
    <Card title="划分办法">
      <ul>
        {receivers.map(({ name, organisationCode, isNew, accounts }) => (
          <li key={organisationCode}>
            {name}（{organisationCode}）{isNew ? '，新设' : ''}
            {accounts.length === 0 ? null : (
              <span className="hint"> 人员：{accounts.map((one) => one.name).join('、')}</span>
            )}
          </li>
        ))}
      </ul>
      <p className="hint">按顺序看，第一条符合的生效：</p>
      <ol>
        {rules.map((rule, at) => (
          <li key={at}>
            {conditionsOf(rule)} → {nameOf(rule.receiver)}
          </li>
        ))}
        <li>其余 → {restTo === null ? '留在原单位' : nameOf(restTo)}</li>
      </ol>
    </Card>
  );
}

function conditionsOf({ sites, columns, terms, types }: Split['rules'][number]): string {
  const conditions: readonly (readonly [string, readonly { readonly name: string }[]])[] = [
    ['位于', [...sites, ...columns]],
    ['主题', terms],
    ['类型', types],
  ];
  return conditions
    .filter(([, named]) => named.length > 0)
    .map(([what, named]) => `${what}：${named.map((one) => one.name).join('、')}`)
    .join('，且');
}
