import type { ReactNode } from 'react';

import { fieldValue } from '../../../contracts/field-values.ts';
import type { FieldDescription, ResourceContent, ResourceType } from '../../../contracts/library.ts';
import type { ReviewComment } from '../../../contracts/review-comment.ts';
import type { RichDocument } from '../../../contracts/rich-text.ts';
import { type AnchoredLine, inlineWords } from '../../../contracts/text-anchor.ts';
import { RichPreview } from '../../ui/rich-preview.tsx';
import { lineName, type LinePart, markId, readSelection, type Selected, splitLine } from './comment-marks.ts';

const textKinds: readonly FieldDescription['kind'][] = ['line', 'text', 'rich-text'];

/** The fields that are read as words, so that somebody can point at them. */
export function commentableFields(type: ResourceType): readonly FieldDescription[] {
  return type.fields.filter(({ kind }) => textKinds.includes(kind));
}

/** An element has one id: of several comments that begin here, the further ones have a place of their own. */
function Part({ words, isCommented, beginningIds: [first, ...further] }: LinePart) {
  if (!isCommented) return <span>{words}</span>;
  return (
    <mark {...(first === undefined ? {} : { id: markId(first), tabIndex: -1 })}>
      {further.map((id) => (
        <span key={id} id={markId(id)} tabIndex={-1} />
      ))}
      {words}
    </mark>
  );
}

interface Props {
  readonly type: ResourceType;
  readonly content: ResourceContent;
  readonly lines: readonly AnchoredLine[];
  readonly comments: readonly ReviewComment[];
  readonly onSelect: (selected: Selected) => void;
}

/** The words of a revision with the remarks on them marked; selecting some says where a new one shall stand. */
export function CommentedText({ type, content, lines, comments, onSelect }: Props) {
  const take = (): void => {
    const selected = readSelection(lines);
    if (selected) onSelect(selected);
  };
  const line = (field: string, path: readonly number[], text: string): ReactNode => (
    <span data-line={lineName({ field, path })}>
      {splitLine(text, { field, path }, comments).map((part, index) => (
        <Part key={index} {...part} />
      ))}
    </span>
  );
  return (
    <div className="commented-text" onPointerUp={take} onKeyUp={take}>
      {commentableFields(type).map(({ key, name }) => {
        const value = fieldValue(content, key);
        if (value === undefined || value === null || value === '') return null;
        return (
          <section key={key} aria-label={name}>
            <h2 className="field-name">{name}</h2>
            {typeof value === 'string' ? (
              <p>{line(key, [], value)}</p>
            ) : (
              <RichPreview
                document={value as RichDocument}
                draw={(node, path) => line(key, path, inlineWords(node.content))}
              />
            )}
          </section>
        );
      })}
    </div>
  );
}
