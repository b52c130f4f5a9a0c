import type { ReactNode } from 'react';

import type {
  Heading,
  ListItem,
  Paragraph,
  RichBlock,
  RichDocument,
  RichInline,
  TableCell,
  TableRow,
} from '../../contracts/rich-text.ts';

/** A body to read, not to edit: its structure shows, its pictures are named. */
export function RichPreview({ document }: { readonly document: RichDocument }) {
  return <div className="rich-preview">{blocks(document.content)}</div>;
}

const blocks = (list: readonly RichBlock[]): ReactNode =>
  list.map((block, index) => <BlockView key={index} block={block} />);

function BlockView({ block }: { readonly block: RichBlock }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <TextView node={block} />;
    case 'heading':
      return <TextView node={block} />;
    case 'bulletList':
      return <ul>{items(block.content)}</ul>;
    case 'orderedList':
      return <ol {...block.attrs}>{items(block.content)}</ol>;
    case 'blockquote':
      return <blockquote>{blocks(block.content)}</blockquote>;
    case 'horizontalRule':
      return <hr />;
    case 'image':
      return <p className="hint">{pictureText(block.attrs.alt)}</p>;
    case 'table':
      return <TableView rows={block.content} />;
  }
}

const pictureText = (alt: string): string => (alt === '' ? '［图片］' : `［图片：${alt}］`);

function TextView({ node }: { readonly node: Paragraph | Heading }) {
  const align = node.attrs?.textAlign;
  const classes = [node.type === 'heading' ? 'preview-heading' : '', align ? `preview-${align}` : ''];
  return <p className={classes.join(' ').trim()}>{inlines(node.content)}</p>;
}

const items = (list: readonly ListItem[]): ReactNode =>
  list.map((item, index) => <li key={index}>{blocks(item.content)}</li>);

function TableView({ rows }: { readonly rows: readonly TableRow[] }) {
  return (
    <div className="preview-table">
      <table>
        <tbody>
          {rows.map((row, index) => (
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
