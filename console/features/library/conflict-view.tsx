import { Alert, Button, Modal } from 'antd';

import type { ResourceContent, ResourceType, Revision } from '../../../contracts/library.ts';
import { withTermLabels } from '../../../contracts/term-values.ts';
import { compareContent, type FieldDifference } from '../../lib/content-difference.ts';
import { minuteText } from '../../lib/time.ts';
import { useTermLabels } from '../../lib/use-terms.ts';

interface Props {
  readonly type: ResourceType;
  readonly mine: ResourceContent;
  readonly theirs: Revision;
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
}

/** Two people changed one draft: both writings side by side, and a person decides. */
export function ConflictView({ type, mine, theirs, onTakeTheirs, onKeepMine }: Props) {
  const labels = useTermLabels(theirs.content, mine);
  const differences = compareContent(
    type,
    withTermLabels(theirs.content, labels),
    withTermLabels(mine, labels),
  );
  return (
    <Modal
      open
      title="这篇稿件刚被别人修改过"
      width={1080}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={[
        <Button key="theirs" onClick={onTakeTheirs}>
          用对方的版本，放弃我的修改
        </Button>,
        <Button key="mine" type="primary" autoFocus onClick={onKeepMine}>
          用我的版本，存为更新的版本
        </Button>,
      ]}
    >
      <Alert
        type="warning"
        showIcon
        className="form-alert"
        title={`${theirs.createdByName} 在 ${minuteText(theirs.createdAt)} 保存了第 ${theirs.number} 版，与您的修改不同。`}
        description="没有覆盖任何内容。无论选哪一边，对方的版本都留在历史里，随时可以恢复。"
      />
      {differences.map((difference) => (
        <Sides key={difference.key} difference={difference} />
      ))}
    </Modal>
  );
}

function Sides({ difference }: { readonly difference: FieldDifference }) {
  const { name, changes, onlyForm } = difference;
  if (onlyForm) {
    return (
      <section aria-label={name}>
        <h2 className="field-name">{name}</h2>
        <p className="comparison-form">文字相同，格式不同。</p>
      </section>
    );
  }
  return (
    <section aria-label={name}>
      <h2 className="field-name">{name}</h2>
      <div className="columns-2 sides">
        <div>
          <h3>对方的版本</h3>
          <p className="comparison-text">
            {changes
              .filter(({ kind }) => kind !== 'added')
              .map(({ kind, text }, index) => (kind === 'same' ? text : <del key={index}>{text}</del>))}
          </p>
        </div>
        <div>
          <h3>我的版本</h3>
          <p className="comparison-text">
            {changes
              .filter(({ kind }) => kind !== 'removed')
              .map(({ kind, text }, index) => (kind === 'same' ? text : <ins key={index}>{text}</ins>))}
          </p>
        </div>
      </div>
    </section>
  );
}
