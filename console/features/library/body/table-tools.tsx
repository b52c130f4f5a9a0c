import type { Editor } from '@tiptap/core';

interface Act {
  readonly name: string;
  readonly run: (chain: ReturnType<Editor['chain']>) => ReturnType<Editor['chain']>;
}

const acts: readonly Act[] = [
  { name: '上方加行', run: (chain) => chain.addRowBefore() },
  { name: '下方加行', run: (chain) => chain.addRowAfter() },
  { name: '删除行', run: (chain) => chain.deleteRow() },
  { name: '左侧加列', run: (chain) => chain.addColumnBefore() },
  { name: '右侧加列', run: (chain) => chain.addColumnAfter() },
  { name: '删除列', run: (chain) => chain.deleteColumn() },
  { name: '合并单元格', run: (chain) => chain.mergeCells() },
  { name: '拆分单元格', run: (chain) => chain.splitCell() },
  { name: '表头行', run: (chain) => chain.toggleHeaderRow() },
  { name: '表头列', run: (chain) => chain.toggleHeaderColumn() },
  { name: '删除表格', run: (chain) => chain.deleteTable() },
];

/** Stands below the toolbar while the cursor is in a table. */
export function TableTools({ editor }: { readonly editor: Editor }) {
  return (
    <div className="tool-group table-tools" role="group" aria-label="表格">
      {acts.map(({ name, run }) => (
        <button
          key={name}
          type="button"
          className="tool tool-word"
          disabled={!run(editor.can().chain()).run()}
          onMouseDown={(event) => {
            event.preventDefault();
          }}
          onClick={() => {
            run(editor.chain().focus()).run();
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
