import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  DownOutlined,
  HolderOutlined,
  RightOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { KeyboardEvent } from 'react';

import { problemsOf } from '../../../../contracts/block-problems.ts';
import { type Block, blockKindNames, tidyBlocks } from '../../../../contracts/blocks.ts';
import { Icon } from '../../../ui/icon.tsx';
import { BlockForm } from './block-form.tsx';
import { kindWords } from './block-kinds.ts';

export type Step = -1 | 1;

interface Props {
  readonly block: Block;
  readonly index: number;
  readonly count: number;
  readonly summary: string;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly open: boolean;
  /** Something is being dragged over it. */
  readonly over: boolean;
  readonly onToggle: () => void;
  readonly onChange: (block: Block) => void;
  readonly onMove: (step: Step) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
  readonly onDragStart: () => void;
  readonly onDragOver: () => void;
  readonly onDrop: () => void;
}

/** One block of the page: what it is, where it stands, what is still missing, and its fields when it is open. */
export function BlockCard(props: Props) {
  const { block, index, readOnly, open } = props;
  const [tidy = block] = tidyBlocks([block]);
  const problems = problemsOf(tidy);
  const name = blockKindNames[block.kind];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (readOnly || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    props.onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li
      className={`block-card${props.over ? ' block-card-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        props.onDragOver();
      }}
      onDrop={(event) => {
        event.preventDefault();
        props.onDrop();
      }}
    >
      <section aria-label={`第 ${index + 1} 块：${name}`}>
        <div className="block-head" onKeyDown={onKeyDown}>
          {readOnly ? null : (
            <span
              className="block-grip"
              draggable
              title="拖动排序"
              aria-hidden="true"
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', block.key);
                props.onDragStart();
              }}
            >
              <Icon of={HolderOutlined} />
            </span>
          )}
          <button
            type="button"
            id={`block-${block.key}`}
            className="block-toggle"
            aria-expanded={open}
            onClick={props.onToggle}
          >
            <Icon of={open ? DownOutlined : RightOutlined} />
            <Icon of={kindWords[block.kind].icon} />
            <span className="block-name">
              {index + 1}. {name}
            </span>
            <span className="block-summary">{props.summary}</span>
            {problems.length === 0 ? null : <span className="block-missing">{problems.length} 处未完成</span>}
          </button>
          {readOnly ? null : <CardActs {...props} name={name} />}
        </div>
        {open ? (
          <div className="block-body">
            <BlockForm block={block} unitId={props.unitId} readOnly={readOnly} onChange={props.onChange} />
            {problems.length === 0 ? null : (
              <ul className="block-problems">
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            )}
          </div>
        ) : null}
      </section>
    </li>
  );
}

function CardActs({ index, count, name, ...props }: Props & { readonly name: string }) {
  const called = `第 ${index + 1} 块“${name}”`;
  return (
    <div className="block-acts">
      <Button
        type="text"
        size="small"
        icon={<Icon of={ArrowUpOutlined} />}
        aria-label={`上移${called}`}
        title="上移（Alt+↑）"
        disabled={index === 0}
        onClick={() => {
          props.onMove(-1);
        }}
      />
      <Button
        type="text"
        size="small"
        icon={<Icon of={ArrowDownOutlined} />}
        aria-label={`下移${called}`}
        title="下移（Alt+↓）"
        disabled={index === count - 1}
        onClick={() => {
          props.onMove(1);
        }}
      />
      <Button
        type="text"
        size="small"
        icon={<Icon of={CopyOutlined} />}
        aria-label={`复制${called}`}
        title="复制"
        onClick={props.onDuplicate}
      />
      <Button
        type="text"
        size="small"
        danger
        icon={<Icon of={DeleteOutlined} />}
        aria-label={`删除${called}`}
        title="删除（可撤销）"
        onClick={props.onRemove}
      />
    </div>
  );
}
