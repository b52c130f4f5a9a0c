import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm, Select } from 'antd';
import { useEffect, useState } from 'react';

import type { BodyOf } from '../../../contracts/endpoint.ts';
import { identityApi } from '../../../contracts/identity.ts';
import {
  type Column,
  type ColumnLink,
  type ColumnWays as Ways,
  mappingModeNames,
  type MappingRule,
  sitesApi,
} from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useTypeName } from '../../lib/use-types.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct, useDeed } from '../../ui/use-act.ts';
import { MappingRuleDialog } from './mapping-rule-dialog.tsx';

interface Props {
  readonly column: Column;
  readonly mayConfigure: boolean;
}

/** How a column is filled beside what its own unit places in it: rules, a link, other units. */
export function ColumnWays({ column, mayConfigure }: Props) {
  const client = useClient();
  const ways = useQuery({
    ...queryFor(client, sitesApi.getColumnWays, { params: { id: column.id } }),
    refetchInterval: ({ state }) => (state.data?.rules.some((rule) => rule.remaining > 0) ? 2_000 : false),
  });
  const queries = useQueryClient();
  const isRunning = ways.data?.rules.some((rule) => rule.remaining > 0) ?? false;
  useEffect(() => {
    if (!isRunning) return undefined;
    // When the rules have gone through everything, the column shows more or less than it did.
    return () => {
      void forget(queries, sitesApi.listListings);
    };
  }, [isRunning, queries]);
  return (
    <Loaded query={ways} rows={2}>
      {(loaded) => (
        <div className="stack">
          <Rules column={column} rules={loaded.rules} mayConfigure={mayConfigure} />
          <LinkPart column={column} link={loaded.link} mayConfigure={mayConfigure} />
          <Writers
            key={loaded.writers.map((one) => one.unitId).join()}
            column={column}
            writers={loaded.writers}
            mayConfigure={mayConfigure}
          />
        </div>
      )}
    </Loaded>
  );
}

interface RulesProps extends Props {
  readonly rules: readonly MappingRule[];
}

function Rules({ column, rules, mayConfigure }: RulesProps) {
  const [editing, setEditing] = useState<MappingRule | 'new' | null>(null);
  if (rules.length === 0 && !mayConfigure) return null;
  return (
    <section className="ways-part" aria-labelledby="ways-rules">
      <div className="row">
        <h3 id="ways-rules">映射规则</h3>
        {mayConfigure ? (
          <Button
            size="small"
            onClick={() => {
              setEditing('new');
            }}
          >
            新增规则
          </Button>
        ) : null}
      </div>
      {rules.length === 0 ? (
        <p className="hint">没有规则。规则把其他栏目中符合条件的信息显示到这里，内容仍是那一份。</p>
      ) : (
        <ul className="card-list">
          {rules.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              {...(mayConfigure
                ? {
                    onEdit: () => {
                      setEditing(rule);
                    },
                  }
                : {})}
            />
          ))}
        </ul>
      )}
      {editing === null ? null : (
        <MappingRuleDialog
          column={column}
          {...(editing === 'new' ? {} : { rule: editing })}
          onClose={() => {
            setEditing(null);
          }}
        />
      )}
    </section>
  );
}

function RuleRow({ rule, onEdit }: { readonly rule: MappingRule; readonly onEdit?: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const typeName = useTypeName();
  const end = useAct<string, null>({
    act: (id) => client.call(sitesApi.endMappingRule, { params: { id } }),
    done: '规则已结束，它带来的信息随即撤下',
    onDone: () => forget(queries, sitesApi.getColumnWays, sitesApi.listListings),
  });
  const conditions = [
    rule.types.length === 0 ? '' : `类型：${rule.types.map(typeName).join('、')}`,
    rule.termLabel === null ? '' : `分类：${rule.termLabel}`,
    rule.keyword === null ? '' : `标题含“${rule.keyword}”`,
  ].filter((part) => part !== '');
  return (
    <li>
      <div>
        <strong>{rule.sourceName}</strong>
        <span className="badge">{mappingModeNames[rule.mode]}</span>
        {rule.remaining > 0 ? <span className="badge badge-pin">正在核对已发布的信息</span> : null}
        <p>{conditions.length === 0 ? '全部信息' : conditions.join('；')}</p>
        <p className="hint">
          已显示 {rule.shown} 条{rule.waiting > 0 ? `，待确认 ${rule.waiting} 条` : ''} · 第 {rule.version}{' '}
          版，
          {rule.changedByName} 于 {minuteText(rule.changedAt)} 设置
        </p>
        {rule.history.length > 1 ? (
          <details>
            <summary>以前的版本</summary>
            <ul className="plain-list">
              {rule.history.slice(1).map(({ version, text, byName, at }) => (
                <li key={version}>
                  第 {version} 版：{text}（{byName}，{minuteText(at)}）
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      {onEdit === undefined ? null : (
        <div className="row">
          <Button size="small" aria-label={`修改规则：${rule.sourceName}`} onClick={onEdit}>
            修改
          </Button>
          <Popconfirm
            title="结束这条规则？"
            description="只由它带来的信息会从栏目撤下，原来的信息不受影响。"
            okText="结束规则"
            onConfirm={() => {
              end.mutate(rule.id);
            }}
          >
            <Button size="small" danger loading={end.isPending} aria-label={`结束规则：${rule.sourceName}`}>
              结束
            </Button>
          </Popconfirm>
        </div>
      )}
    </li>
  );
}

interface LinkFields {
  readonly url: string;
  readonly reason?: string;
}

function LinkPart({ column, link, mayConfigure }: Props & { readonly link: ColumnLink | null }) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<LinkFields>();
  const [editing, setEditing] = useState(false);
  const given = (body: BodyOf<typeof sitesApi.setColumnLink>) =>
    client.call(sitesApi.setColumnLink, { params: { id: column.id }, body });
  const done = '链接已设置，网站随即更新';
  const onDone = () => {
    setEditing(false);
    return forget(queries, sitesApi.getColumnWays);
  };
  const save = useAct<LinkFields, Ways>({
    act: ({ url, reason = '' }) =>
      given({ url: url.trim(), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }),
    ...{ done, onDone },
  });
  const clear = useDeed<Ways>({ act: () => given({ url: null }), done, onDone });
  if (link === null && !mayConfigure) return null;
  return (
    <section className="ways-part" aria-labelledby="ways-link">
      <div className="row">
        <h3 id="ways-link">链接</h3>
        {mayConfigure ? (
          <>
            <Button
              size="small"
              onClick={() => {
                setEditing(true);
              }}
            >
              {link === null ? '设为链接' : '修改链接'}
            </Button>
            {link === null ? null : (
              <Button
                size="small"
                loading={clear.isPending}
                onClick={() => {
                  clear.mutate();
                }}
              >
                取消链接
              </Button>
            )}
          </>
        ) : null}
      </div>
      {link === null ? (
        <p className="hint">栏目的内容在别的网站或系统时，导航和列表可以直接链接到那里。</p>
      ) : (
        <LinkState link={link} />
      )}
      <FormDialog<LinkFields>
        open={editing}
        title={`栏目“${column.name}”链接到`}
        form={form}
        initialValues={{ url: link?.url ?? 'https://', reason: link?.reason ?? '' }}
        act={save}
        onClose={() => {
          setEditing(false);
        }}
      >
        <Form.Item name="url" label="网址" rules={[{ required: true, message: '请填写' }]}>
          <Input maxLength={500} spellCheck={false} />
        </Form.Item>
        <Form.Item name="reason" label="理由" extra="链接到非政府网站时必填，访问者离开前会看到提醒。">
          <Input maxLength={500} />
        </Form.Item>
      </FormDialog>
    </section>
  );
}

/** Where it leads, and whether that answers. */
function LinkState({ link }: { readonly link: ColumnLink }) {
  const { url, trouble, checkedAt, failingSince, reason } = link;
  const told = [
    checkedAt === null ? '' : `${minuteText(checkedAt)} 检查`,
    failingSince === null ? '' : `${minuteText(failingSince)} 起打不开`,
    reason === null ? '' : `非政府网站：${reason}`,
  ].filter((part) => part !== '');
  return (
    <p>
      <a href={url} target="_blank" rel="noreferrer">
        {url}
      </a>
      {trouble === null ? (
        <span className="badge">{checkedAt === null ? '等待检查' : '正常'}</span>
      ) : (
        <span className="badge badge-late">{trouble}</span>
      )}
      <span className="hint"> {told.join('；')}</span>
    </p>
  );
}

function Writers({ column, writers, mayConfigure }: Props & Pick<Ways, 'writers'>) {
  const client = useClient();
  const queries = useQueryClient();
  const given = writers.map((one) => one.unitId);
  const [chosen, setChosen] = useState<readonly string[]>(given);
  const units = useQuery({
    ...queryFor(client, identityApi.listUnits, {}),
    enabled: mayConfigure,
    staleTime: 300_000,
  });
  const save = useAct<readonly string[], Ways>({
    act: (unitIds) =>
      client.call(sitesApi.setColumnWriters, { params: { id: column.id }, body: { unitIds: [...unitIds] } }),
    done: '共建单位已设置',
    onDone: () => forget(queries, sitesApi.getColumnWays, sitesApi.listColumns),
  });
  if (!mayConfigure) {
    if (writers.length === 0) return null;
    return <p className="hint">共建单位：{writers.map((one) => one.unitName).join('、')}</p>;
  }
  return (
    <section className="ways-part mappings">
      <label htmlFor="column-writers">共建：这些单位也可以把信息放进来</label>
      <div className="row">
        <Select
          id="column-writers"
          mode="multiple"
          className="grow"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="没有共建单位"
          value={[...chosen]}
          options={unitOptions(units.data ?? []).filter(({ value }) => value !== column.unitId)}
          onChange={(ids: string[]) => {
            setChosen(ids);
          }}
        />
        {chosen.join() === given.join() ? null : (
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() => {
              save.mutate(chosen);
            }}
          >
            保存共建单位
          </Button>
        )}
      </div>
    </section>
  );
}
