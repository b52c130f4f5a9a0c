import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions, Space } from 'antd';
import { useState } from 'react';

import { termFilterKeys, termFilters } from '../../../contracts/library.ts';
import {
  hasEnded,
  referenceTo,
  type Term,
  type TermChange,
  vocabularyApi,
} from '../../../contracts/vocabulary.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { termTrail } from '../../lib/term-tree.ts';
import { dayText, minuteText } from '../../lib/time.ts';
import { Loaded } from '../../ui/states.tsx';
import { TermEndForm } from './term-end-form.tsx';
import { TermForm } from './term-form.tsx';

interface Props {
  readonly term: Term;
  readonly terms: readonly Term[];
}

/** What a term is, what became of it, and what can be done with it. */
export function TermDetail({ term, terms }: Props) {
  const [dialog, setDialog] = useState<'change' | 'end' | null>(null);
  const close = (): void => {
    setDialog(null);
  };
  const byCode = new Map(terms.map((one) => [one.code, one]));
  const ended = hasEnded(term, dayText(new Date()));
  const filter = termFilterKeys.find((key) => termFilters[key] === term.vocabulary);
  return (
    <div className="detail">
      <div className="detail-header">
        <h2>
          {termTrail(byCode, term)}
          {ended ? <span className="badge">已停用</span> : null}
        </h2>
        <Space>
          <Button
            onClick={() => {
              setDialog('change');
            }}
          >
            修改
          </Button>
          <Button
            onClick={() => {
              setDialog('end');
            }}
          >
            {ended ? '恢复或替代' : '停用或替代'}
          </Button>
        </Space>
      </div>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'code', label: '代码', children: term.code },
          { key: 'synonyms', label: '同义词', children: term.synonyms.join('、') || '—' },
          { key: 'from', label: '启用日期', children: term.validFrom ?? '—' },
          ...(term.validUntil === null
            ? []
            : [{ key: 'until', label: '停用日期', children: term.validUntil }]),
          ...(term.replacedBy === null
            ? []
            : [
                {
                  key: 'by',
                  label: '由它替代',
                  children: byCode.get(term.replacedBy)?.label ?? term.replacedBy,
                },
              ]),
        ]}
      />
      {filter === undefined ? null : (
        <p>
          <Link to="/resources" search={{ [filter]: referenceTo(term.vocabulary, term.code) }}>
            查看归入这个词的信息
          </Link>
          <span className="hint">（含下级，以及被它替代的词）</span>
        </p>
      )}
      <h3>变更记录</h3>
      <TermHistory term={term} />
      <TermForm
        open={dialog === 'change'}
        vocabulary={term.vocabulary}
        terms={terms}
        term={term}
        onClose={close}
      />
      <TermEndForm open={dialog === 'end'} terms={terms} term={term} onClose={close} />
    </div>
  );
}

const actNames: Readonly<Record<TermChange['act'], string>> = {
  added: '新增',
  changed: '修改',
  ended: '停用',
  reopened: '恢复',
  imported: '导入',
};

function TermHistory({ term }: { readonly term: Term }) {
  const client = useClient();
  const asked = queryFor(client, vocabularyApi.listTermChanges, { params: { id: term.id } });
  const changes = useQuery({ ...asked, queryKey: [...asked.queryKey, term.version] });
  return (
    <Loaded query={changes} rows={3}>
      {(list) => (
        <ol className="plain-list term-history">
          {list.map((change) => (
            <li key={change.number}>
              <span>
                {actNames[change.act]}为“{change.label}”
                {change.replacedBy === null ? '' : `，由 ${change.replacedBy} 替代`}
                {change.validUntil === null ? '' : `，${change.validUntil} 起停用`}
                {change.note === '' ? '' : `：${change.note}`}
              </span>
              <span className="hint">
                {minuteText(change.at)} {change.byName}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
