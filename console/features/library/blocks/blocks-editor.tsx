import { PlusOutlined } from '@ant-design/icons';
import { Button, ConfigProvider, Dropdown } from 'antd';
import { useEffect, useRef, useState } from 'react';

import {
  type Block,
  type BlockKind,
  blockKindNames,
  blockKinds,
  mostBlocks,
} from '../../../../contracts/blocks.ts';
import { Icon } from '../../../ui/icon.tsx';
import { BlockCard } from './block-card.tsx';
import { kindWords, newBlock, summaryOf } from './block-kinds.ts';
import { duplicated, moved, replaced } from './block-order.ts';
import { nameOfColumn, useShownColumns } from './column-field.tsx';

interface Props {
  readonly value: readonly Block[];
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly onChange: (blocks: readonly Block[]) => void;
}

interface Removed {
  readonly block: Block;
  readonly index: number;
}

/** What a page is composed of: blocks that are added, filled in, and moved by mouse or keyboard. */
export function BlocksEditor({ value, unitId, readOnly, onChange }: Props) {
  const columns = useShownColumns();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [said, setSaid] = useState('');
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const focus = useRef<string | null>(null);
  useEffect(() => {
    // A block that moved is another element in the list now; whoever moved it by keyboard goes on from there.
    if (focus.current === null) return;
    document.getElementById(`block-${focus.current}`)?.focus();
    focus.current = null;
  }, [value]);

  const nameOf = (block: Block): string => `“${blockKindNames[block.kind]}”`;
  const put = (blocks: readonly Block[], words: string, key?: string): void => {
    if (key !== undefined) focus.current = key;
    setSaid(words);
    onChange(blocks);
  };
  const toggle = (key: string, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(key);
    else next.delete(key);
    setOpen(next);
  };
  const add = (kind: BlockKind): void => {
    const block = newBlock(kind);
    toggle(block.key, true);
    put([...value, block], `已添加${nameOf(block)}，是第 ${value.length + 1} 块`, block.key);
  };
  const move = (from: number, to: number): void => {
    const block = value[from];
    if (block === undefined || to < 0 || to >= value.length || to === from) return;
    put(moved(value, from, to), `${nameOf(block)}移到第 ${to + 1} 块，共 ${value.length} 块`, block.key);
  };
  const remove = (index: number): void => {
    const block = value[index];
    if (block === undefined) return;
    setRemoved({ block, index });
    put(
      value.toSpliced(index, 1),
      `已删除${nameOf(block)}，可以撤销`,
      value[index + 1]?.key ?? value[index - 1]?.key,
    );
  };
  const putBack = (): void => {
    if (removed === null) return;
    setRemoved(null);
    const { block, index } = removed;
    put(value.toSpliced(index, 0, block), `已恢复${nameOf(block)}`, block.key);
  };
  const drop = (index: number): void => {
    const from = value.findIndex(({ key }) => key === dragged);
    setDragged(null);
    setOver(null);
    move(from, index);
  };
  return (
    <ConfigProvider componentDisabled={readOnly}>
      <div className="blocks" id="field-blocks">
        {value.length === 0 ? (
          <p className="hint">还没有内容。从“添加区块”开始，右侧会显示页面的样子。</p>
        ) : null}
        <ol className="block-cards" aria-label="区块">
          {value.map((block, index) => (
            <BlockCard
              key={block.key}
              block={block}
              index={index}
              count={value.length}
              summary={summaryOf(block, (id) => nameOfColumn(columns, id))}
              unitId={unitId}
              readOnly={readOnly}
              open={open.has(block.key)}
              over={over === block.key && dragged !== null && dragged !== block.key}
              onToggle={() => {
                toggle(block.key, !open.has(block.key));
              }}
              onChange={(next) => {
                onChange(replaced(value, index, next));
              }}
              onMove={(step) => {
                move(index, index + step);
              }}
              onDuplicate={() => {
                put(duplicated(value, index), `已复制${nameOf(block)}`);
              }}
              onRemove={() => {
                remove(index);
              }}
              onDragStart={() => {
                setDragged(block.key);
              }}
              onDragOver={() => {
                if (over !== block.key) setOver(block.key);
              }}
              onDrop={() => {
                drop(index);
              }}
            />
          ))}
        </ol>
        {removed === null ? null : (
          <p className="block-undo">
            已删除{nameOf(removed.block)}。
            <Button size="small" type="link" onClick={putBack}>
              撤销删除
            </Button>
          </p>
        )}
        {readOnly ? null : <AddMenu full={value.length >= mostBlocks} onAdd={add} />}
        <div role="status" aria-live="polite" className="visually-hidden">
          {said}
        </div>
      </div>
    </ConfigProvider>
  );
}

function AddMenu({ full, onAdd }: { readonly full: boolean; readonly onAdd: (kind: BlockKind) => void }) {
  if (full) return <p className="hint">一个页面最多 {mostBlocks} 块，再多就没有人看得完了。</p>;
  return (
    <Dropdown
      trigger={['click']}
      classNames={{ root: 'block-menu' }}
      menu={{
        items: blockKinds.map((kind) => ({
          key: kind,
          icon: <Icon of={kindWords[kind].icon} />,
          label: (
            <>
              <span className="block-name">{blockKindNames[kind]}</span>
              <span className="hint">{kindWords[kind].purpose}</span>
            </>
          ),
        })),
        onClick: ({ key }) => {
          onAdd(key as BlockKind);
        },
      }}
    >
      <Button icon={<Icon of={PlusOutlined} />}>添加区块</Button>
    </Dropdown>
  );
}
