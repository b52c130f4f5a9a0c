import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

import { type BodyText, bodyText, documentRange } from '../../../../contracts/body-text.ts';
import { type Finding, isWhatWasFound } from '../../../../contracts/finding.ts';
import type { RichDocument } from '../../../../contracts/rich-text.ts';

export const findingMarks = new PluginKey<DecorationSet>('findingMarks');

/** Where a finding stands in the document as it is now; nothing when the words there are others by now. */
export const rangeOf = (document: Node, finding: Finding) => rangeIn(textOf(document), finding);

const textOf = (document: Node): BodyText => bodyText(document.toJSON() as RichDocument);

function rangeIn(body: BodyText, finding: Finding) {
  const { place, found } = finding;
  // What is told with stars stands nowhere as it is told: it is there, or the next check tells where it is.
  if (isWhatWasFound(body.text.slice(place.start, place.end), finding)) {
    return documentRange(body, place.start, place.end);
  }
  // What was typed since moved the words: the nearest place where they stand is meant.
  const before = body.text.lastIndexOf(found, place.start);
  const after = body.text.indexOf(found, place.start);
  const start =
    before === -1 || (after !== -1 && after - place.start < place.start - before) ? after : before;
  return start === -1 ? undefined : documentRange(body, start, start + found.length);
}

function decorate(document: Node, findings: readonly Finding[]): DecorationSet {
  const body = textOf(document);
  const marks = findings.flatMap((finding) => {
    const range = rangeIn(body, finding);
    if (!range) return [];
    const attributes = { class: `found found-${finding.severity}`, title: finding.message };
    return [Decoration.inline(range.from, range.to, attributes)];
  });
  return DecorationSet.create(document, marks);
}

/** Marks findings in the text; between two checks the marks go with the words. */
export const FindingMarks = Extension.create({
  name: 'findingMarks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key: findingMarks,
      state: {
        init: () => DecorationSet.empty,
        apply: (transaction, marks) => {
          const findings = transaction.getMeta(findingMarks) as readonly Finding[] | undefined;
          if (findings) return decorate(transaction.doc, findings);
          return marks.map(transaction.mapping, transaction.doc);
        },
      },
      props: { decorations: (state) => findingMarks.getState(state) },
    }),
  ],
});
