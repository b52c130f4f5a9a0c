import { Extension, type Extensions, Mark, mergeAttributes, Node } from '@tiptap/core';
import { TableKit } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';

import { libraryApi } from '../../../../contracts/library.ts';
import { allowedHref, type TextAlign } from '../../../../contracts/rich-text.ts';
import { addressOf } from '../../../lib/client.ts';
import { FindingMarks } from './finding-marks.ts';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    bodyAlignment: { alignText: (align: TextAlign | null) => ReturnType };
  }
}

export interface ImageAttributes {
  readonly assetId: string;
  readonly alt: string;
  readonly title: string | null;
}

const aligned = ['paragraph', 'heading'];

const Alignment = Extension.create({
  name: 'bodyAlignment',
  addGlobalAttributes() {
    return [
      {
        types: aligned,
        attributes: {
          textAlign: {
            default: null,
            parseHTML: (element: HTMLElement) => element.getAttribute('data-align'),
            renderHTML: (attributes: Record<string, unknown>) =>
              typeof attributes['textAlign'] === 'string' ? { 'data-align': attributes['textAlign'] } : {},
          },
        },
      },
      {
        types: ['heading'],
        attributes: {
          // Kept as it came; readers' links to a clause must survive an edit.
          anchor: {
            default: null,
            parseHTML: (element: HTMLElement) => element.getAttribute('data-anchor'),
            renderHTML: (attributes: Record<string, unknown>) =>
              typeof attributes['anchor'] === 'string' ? { 'data-anchor': attributes['anchor'] } : {},
          },
        },
      },
    ];
  },
  addCommands() {
    return {
      alignText:
        (align) =>
        ({ commands }) =>
          aligned.map((type) => commands.updateAttributes(type, { textAlign: align })).some(Boolean),
    };
  },
});

const Superscript = Mark.create({
  name: 'superscript',
  excludes: 'subscript',
  parseHTML: () => [{ tag: 'sup' }],
  renderHTML: ({ HTMLAttributes }) => ['sup', HTMLAttributes, 0],
});

const Subscript = Mark.create({
  name: 'subscript',
  excludes: 'superscript',
  parseHTML: () => [{ tag: 'sub' }],
  renderHTML: ({ HTMLAttributes }) => ['sub', HTMLAttributes, 0],
});

/** Unlike the kit's own, an item may begin with any block, as the contract allows. */
const ListItem = Node.create({
  name: 'listItem',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Tab: () => this.editor.commands.sinkListItem(this.name),
      'Shift-Tab': () => this.editor.commands.liftListItem(this.name),
    };
  },
});

export function imageAddress(assetId: string): string {
  return addressOf(libraryApi.getAssetContent.path, { params: { id: assetId } });
}

const BodyImage = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    const attribute = (name: string, initial: string | null) => ({
      default: initial,
      parseHTML: (element: HTMLElement) => element.getAttribute(name),
      renderHTML: () => ({}),
    });
    return {
      assetId: attribute('data-asset', ''),
      alt: attribute('data-alt', ''),
      title: attribute('data-title', null),
    };
  },
  parseHTML: () => [{ tag: 'figure[data-asset]' }],
  renderHTML({ node }) {
    const { assetId, alt, title } = node.attrs as ImageAttributes;
    const figure = mergeAttributes(
      { 'data-asset': assetId, 'data-alt': alt },
      title === null ? {} : { 'data-title': title },
    );
    const image = ['img', { src: imageAddress(assetId), alt }] as const;
    return title === null
      ? ['figure', figure, [...image]]
      : ['figure', figure, [...image], ['figcaption', {}, title]];
  },
});

/** Exactly the vocabulary of contracts/rich-text.ts, nothing that a page could not show. */
export function createBodyExtensions(): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [2, 3, 4] },
      code: false,
      codeBlock: false,
      listItem: false,
      trailingNode: false,
      link: { openOnClick: false, autolink: false, linkOnPaste: false, isAllowedUri: allowedHref },
    }),
    TableKit.configure({ table: { resizable: false } }),
    ListItem,
    Alignment,
    Superscript,
    Subscript,
    BodyImage,
    FindingMarks,
  ];
}
