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

/** Draws the words of a paragraph or heading; the indices lead to it from the document. */
export type DrawWords = (node: Paragraph | Heading, path: readonly number[]) => ReactNode;

interface Props {
  readonly document: RichDocument;
  readonly draw?: DrawWords;
}

/** A body to read, not to edit: its structure shows, its pictures are named. */
export function RichPreview({ document, draw = ({ content }) => inlines(content) }: Props) {
  return <div className="rich-preview">{blocks(document.content, { path: [], draw })}</div>;
}

interface Place {
  readonly path: readonly number[];
  readonly draw: DrawWords;
}

const inside = ({ path, draw }: Place, index: number): Place => ({ path: [...path, index], draw });

const blocks = (list: readonly RichBlock[], place: Place): ReactNode =>
  list.map((block, index) => <BlockView key={index} block={block} place={inside(place, index)} />);

function BlockView({ block, place }: { readonly block: RichBlock; readonly place: Place }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <TextView node={block} place={place} />;
    case 'heading':
      return <TextView node={block} place={place} />;
    case 'bulletList':
      return <ul>{items(block.content, place)}</ul>;
    case 'orderedList':
      return <ol {...block.attrs}>{items(block.content, place)}</ol>;
    case 'blockquote':
      return <blockquote>{blocks(block.content, place)}</blockquote>;
    case 'horizontalRule':
      return <hr />;
    case 'image':
      return <p className="hint">{pictureText(block.attrs.alt)}</p>;
    case 'table':
      return <TableView rows={block.content} place={place} />;
  }
}

const pictureText = (alt: string): string => (alt === '' ? '［图片］' : `［图片：${alt}］`);

function TextView({ node, place }: { readonly node: Paragraph | Heading; readonly place: Place }) {
  const align = node.attrs?.textAlign;
  const classes = [node.type === 'heading' ? 'preview-heading' : '', align ? `preview-${align}` : ''];
  return <p className={classes.join(' ').trim()}>{place.draw(node, place.path)}</p>;
}

const items = (list: readonly ListItem[], place: Place): ReactNode =>
  list.map((item, index) => <li key={index}>{blocks(item.content, inside(place, index))}</li>);

function TableView({ rows, place }: { readonly rows: readonly TableRow[]; readonly place: Place }) {
  return (
    <div className="preview-table">
      <table>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {(row.content ?? []).map((cell, at) => (
                <CellView key={at} cell={cell} place={inside(inside(place, index), at)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellView({ cell, place }: { readonly cell: TableCell; readonly place: Place }) {
  const spans = { colSpan: cell.attrs?.colspan ?? 1, rowSpan: cell.attrs?.rowspan ?? 1 };
  return cell.type === 'tableHeader' ? (
    <th {...spans}>{blocks(cell.content, place)}</th>
  ) : (
    <td {...spans}>{blocks(cell.content, place)}</td>
  );
}

function inlines(list: readonly RichInline[] | undefined): ReactNode {
  return (list ?? []).map((one, index) => {
    if (one.type === 'hardBreak') return <br key={index} />;
    const isBold = one.marks?.some(({ type }) => type === 'bold') === true;
    return isBold ? <strong key={index}>{one.text}</strong> : <span key={index}>{one.text}</span>;
  });
}
