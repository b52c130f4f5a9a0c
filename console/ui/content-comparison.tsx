import { Empty } from 'antd';
import { Fragment } from 'react';

import type { ResourceContent, ResourceType } from '../../contracts/library.ts';
import { withTermLabels } from '../../contracts/term-values.ts';
import { type Change, compareContent, type FieldDifference } from '../lib/content-difference.ts';
import { useTermLabels } from '../lib/use-terms.ts';

interface Props {
  readonly type: ResourceType;
  readonly before: ResourceContent;
  readonly after: ResourceContent;
}

/** What changed from one content to another, word by word. */
export function ContentComparison({ type, before, after }: Props) {
  const labels = useTermLabels(before, after);
  const differences = compareContent(type, withTermLabels(before, labels), withTermLabels(after, labels));
  if (differences.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="两个版本的内容完全相同" />;
  }
  return (
    <div className="comparison">
      {differences.map((difference) => (
        <section key={difference.key} aria-label={difference.name}>
          <h2 className="field-name">{difference.name}</h2>
          <Changes difference={difference} />
        </section>
      ))}
    </div>
  );
}

function Changes({ difference }: { readonly difference: FieldDifference }) {
  if (difference.onlyForm) return <p className="comparison-form">文字没有变化，只调整了格式。</p>;
  return (
    <p className="comparison-text">
      {shorten(difference.changes).map((change, index) => (
        <Fragment key={index}>
          <ChangeText change={change} />
        </Fragment>
      ))}
    </p>
  );
}

function ChangeText({ change }: { readonly change: Change }) {
  if (change.kind === 'added') {
    return (
      <ins>
        <span className="visually-hidden">新增：</span>
        {change.text}
      </ins>
    );
  }
  if (change.kind === 'removed') {
    return (
      <del>
        <span className="visually-hidden">删除：</span>
        {change.text}
      </del>
    );
  }
  return <>{change.text}</>;
}

const context = 120;

/** Long stretches without a change are cut in the middle: the eye should find what is new. */
function shorten(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) =>
    change.kind === 'same' && change.text.length > context * 3
      ? {
          ...change,
          text: `${change.text.slice(0, context)}\n……（略去 ${change.text.length - context * 2} 字未变内容）……\n${change.text.slice(-context)}`,
        }
      : change,
  );
}
