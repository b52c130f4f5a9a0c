import type { ReactNode } from 'react';

import type { RichBlock, RichDocument, RichInline, TableCell } from '../../contracts/rich-text.ts';

/** A body to read, not to edit: its structure shows, its pictures are named. */
export function RichPreview({ document }: { readonly document: RichDocument }) {
  return <div className="rich-preview">{blocks(document.content)}</div>;
}

const blocks = (list: readonly RichBlock[]): ReactNode =>
  list.map((block, index) => <BlockView key={index} block={block} />);

function BlockView({ block }: { readonly block: RichBlock }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <p className={alignClass(block.attrs?.textAlign)}>{inlines(block.content)}</p>;
    case 'heading':
      return (
        <p className={`preview-heading ${alignClass(block.attrs.textAlign)}`}>{inlines(block.content)}</p>
      );
    case 'bulletList':
      return (
        <ul>
          {block.content.map((item, index) => (
            <li key={index}>{blocks(item.content)}</li>
          ))}
        </ul>
      );
    case 'orderedList':
      return (
        <ol start={block.attrs?.start ?? 1}>
          {block.content.map((item, index) => (
            <li key={index}>{blocks(item.content)}</li>
          ))}
        </ol>
      );
    case 'blockquote':
      return <blockquote>{blocks(block.content)}</blockquote>;
    case 'horizontalRule':
      return <hr />;
    case 'image':
      return <p className="hint">［图片{block.attrs.alt === '' ? '' : `：${block.attrs.alt}`}］</p>;
    case 'table':
      return (
        <div className="preview-table">
          <table>
            <tbody>
              {block.content.map((row, index) => (
                <tr key={index}>
                  {(row.content ?? []).map((cell, at) => (
                    <CellView key={at} cell={cell} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

const alignClass = (align: string | null | undefined): string => (align ? `preview-${align}` : '');

function CellView({ cell }: { readonly cell: TableCell }) {
  const spans = { colSpan: cell.attrs?.colspan ?? 1, rowSpan: cell.attrs?.rowspan ?? 1 };
  return cell.type === 'tableHeader' ? (
    <th {...spans}>{blocks(cell.content)}</th>
  ) : (
    <td {...spans}>{blocks(cell.content)}</td>
  );
}

function inlines(list: readonly RichInline[] | undefined): ReactNode {
  return (list ?? []).map((one, index) => {
    if (one.type === 'hardBreak') return <br key={index} />;
    const isBold = one.marks?.some(({ type }) => type === 'bold') === true;
    return isBold ? <strong key={index}>{one.text}</strong> : <span key={index}>{one.text}</span>;
  });
}
