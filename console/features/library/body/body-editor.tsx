import { EditorContent, useEditor } from '@tiptap/react';
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';

import { libraryApi } from '../../../../contracts/library.ts';
import type { RichDocument } from '../../../../contracts/rich-text.ts';
import { sentenceOf } from '../../../lib/api-error.ts';
import { richDocumentFrom } from '../../../lib/rich-document.ts';
import { useClient } from '../../../lib/services.tsx';
import { createBodyExtensions } from './body-extensions.ts';
import { BodyToolbar } from './body-toolbar.tsx';
import { ImageDialog } from './image-dialog.tsx';
import { readPaste } from './read-paste.ts';
import { useFindingMarks } from './use-finding-marks.ts';

interface Props {
  readonly value: RichDocument;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly invalid: boolean;
  readonly onChange: (document: RichDocument) => void;
}

/** The body of a resource; what comes in from the clipboard goes through the server's cleaning first. */
export function BodyEditor({ value, unitId, readOnly, invalid, onChange }: Props) {
  const client = useClient();
  const { message, notification } = App.useApp();
  const [images, setImages] = useState<readonly File[]>([]);
  const emitted = useRef(value);
  const editor = useEditor({
    extensions: createBodyExtensions(),
    content: value,
    editable: !readOnly,
    editorProps: {
      attributes: { role: 'textbox', 'aria-label': '正文', 'aria-multiline': 'true', class: 'body-text' },
      handlePaste: (_, event) => event.clipboardData !== null && takePaste(event.clipboardData),
      handleDrop: (_, event) => {
        const files = Array.from(event.dataTransfer?.files ?? []).filter((file) =>
          file.type.startsWith('image/'),
        );
        if (files.length === 0) return false;
        event.preventDefault();
        setImages(files);
        return true;
      },
    },
    onUpdate: ({ editor: current }) => {
      const document = richDocumentFrom(current.getJSON());
      emitted.current = document;
      onChange(document);
    },
  });

  useFindingMarks(editor);

  const insertHtml = async (html: string, leftOut: number): Promise<void> => {
    const hide = message.loading('正在整理粘贴的内容…', 0);
    try {
      const { document, warnings } = await client.call(libraryApi.convertHtml, { body: { html } });
      const only = document.content.length === 1 ? document.content[0] : undefined;
      // One paragraph flows into the sentence where the cursor stands.
      const content = only?.type === 'paragraph' ? (only.content ?? []) : document.content;
      editor.chain().focus().insertContent(content).run();
      const notes = [
        ...warnings,
        ...(leftOut > 0 ? [`有 ${leftOut} 张图片没有带入，请另存后逐张插入并填写说明。`] : []),
      ];
      if (notes.length > 0) {
        notification.info({
          title: '粘贴内容已整理',
          description: (
            <ul className="plain-list">
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          ),
          duration: 12,
        });
      }
    } catch (error) {
      notification.warning({
        title: sentenceOf(error),
        description: '内容没有粘贴进来。可以按 Ctrl+Shift+V 只粘贴文字，或稍后再试。',
        duration: 12,
      });
    } finally {
      hide();
    }
  };

  function takePaste(clipboard: DataTransfer): boolean {
    const paste = readPaste(clipboard);
    if (paste.kind === 'plain') return false;
    if (paste.kind === 'html') void insertHtml(paste.html, paste.leftOut);
    if (paste.files.length > 0) setImages(paste.files);
    return true;
  }

  useEffect(() => {
    if (emitted.current === value) return;
    // The words came from elsewhere: another person's version, or an older one put back.
    emitted.current = value;
    editor.commands.setContent(value, { emitUpdate: false });
  }, [editor, value]);

  useEffect(() => {
    editor.setEditable(!readOnly, false);
  }, [editor, readOnly]);

  return (
    <div className={`body-editor${invalid ? ' body-invalid' : ''}`}>
      {readOnly ? null : (
        <BodyToolbar
          editor={editor}
          onPickImage={(file) => {
            setImages([file]);
          }}
        />
      )}
      <EditorContent editor={editor} />
      <ImageDialog
        key={images.length}
        file={images[0] ?? null}
        waiting={images.length - 1}
        unitId={unitId}
        onSkip={() => {
          setImages(images.slice(1));
        }}
        onUploaded={(attributes) => {
          // The cursor goes on below: typing over a selected picture would replace it.
          const image = { type: 'image', attrs: attributes };
          editor
            .chain()
            .focus()
            .insertContent([image, { type: 'paragraph' }])
            .run();
          setImages(images.slice(1));
        }}
      />
    </div>
  );
}
