import {
  AlignCenterOutlined,
  AlignLeftOutlined,
  AlignRightOutlined,
  BoldOutlined,
  ClearOutlined,
  ItalicOutlined,
  LineOutlined,
  LinkOutlined,
  OrderedListOutlined,
  PictureOutlined,
  RedoOutlined,
  StrikethroughOutlined,
  TableOutlined,
  UnderlineOutlined,
  UndoOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { Select } from 'antd';
import { type ReactNode, useRef, useState } from 'react';

import type { HeadingLevel } from '../../../../contracts/rich-text.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { ImageAttributes } from './body-extensions.ts';
import { ImageWordsDialog } from './image-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { TableTools } from './table-tools.tsx';

interface Props {
  readonly editor: Editor;
  readonly onPickImage: (file: File) => void;
}

interface Tool {
  readonly name: string;
  readonly icon: ReactNode;
  readonly active?: boolean;
  readonly disabled?: boolean;
  readonly act: () => void;
}

function ToolButton({ name, icon, active, disabled, act }: Tool) {
  return (
    <button
      type="button"
      className="tool"
      title={name}
      aria-label={name}
      aria-pressed={active}
      disabled={disabled}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={act}
    >
      {icon}
    </button>
  );
}

const styles = [
  { value: '0', label: '正文' },
  { value: '2', label: '标题一' },
  { value: '3', label: '标题二' },
  { value: '4', label: '标题三' },
];

function readState(editor: Editor) {
  const level = ([2, 3, 4] as const).find((one) => editor.isActive('heading', { level: one }));
  const marks = ['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript', 'link'] as const;
  const blocks = ['bulletList', 'orderedList', 'blockquote', 'table', 'image'] as const;
  return {
    level: String(level ?? 0),
    active: Object.fromEntries([...marks, ...blocks].map((name) => [name, editor.isActive(name)])),
    align: (['center', 'right'] as const).find((textAlign) => editor.isActive({ textAlign })) ?? 'left',
    canUndo: editor.can().undo(),
    canRedo: editor.can().redo(),
  };
}

function setStyle(editor: Editor, level: string): void {
  const chain = editor.chain().focus();
  if (level === '0') chain.setParagraph().run();
  else chain.setHeading({ level: Number(level) as HeadingLevel }).run();
}

export function BodyToolbar({ editor, onPickImage }: Props) {
  const state = useEditorState({ editor, selector: (context) => readState(context.editor) });
  const [linking, setLinking] = useState(false);
  const [image, setImage] = useState<ImageAttributes | null>(null);
  const run = (): ReturnType<Editor['chain']> => editor.chain().focus();
  const mark = (name: string, label: string, icon: ReactNode): Tool => ({
    name: label,
    icon,
    active: state.active[name] === true,
    act: () => {
      run().toggleMark(name).run();
    },
  });
  const align = (value: 'left' | 'center' | 'right', label: string, icon: ReactNode): Tool => ({
    name: label,
    icon,
    active: state.align === value,
    act: () => {
      run()
        .alignText(value === 'left' ? null : value)
        .run();
    },
  });
  const groups: readonly (readonly Tool[])[] = [
    [
      {
        name: '撤销',
        icon: <Icon of={UndoOutlined} />,
        disabled: !state.canUndo,
        act: () => {
          run().undo().run();
        },
      },
      {
        name: '重做',
        icon: <Icon of={RedoOutlined} />,
        disabled: !state.canRedo,
        act: () => {
          run().redo().run();
        },
      },
      {
        name: '清除格式',
        icon: <Icon of={ClearOutlined} />,
        act: () => {
          run().unsetAllMarks().clearNodes().alignText(null).run();
        },
      },
    ],
    [
      mark('bold', '加粗', <Icon of={BoldOutlined} />),
      mark('italic', '倾斜', <Icon of={ItalicOutlined} />),
      mark('underline', '下划线', <Icon of={UnderlineOutlined} />),
      mark('strike', '删除线', <Icon of={StrikethroughOutlined} />),
      mark('superscript', '上标 x²', <span aria-hidden="true">x²</span>),
      mark('subscript', '下标 x₂', <span aria-hidden="true">x₂</span>),
    ],
    [
      align('left', '左对齐', <Icon of={AlignLeftOutlined} />),
      align('center', '居中', <Icon of={AlignCenterOutlined} />),
      align('right', '右对齐', <Icon of={AlignRightOutlined} />),
    ],
    [
      {
        name: '项目列表',
        icon: <Icon of={UnorderedListOutlined} />,
        active: state.active['bulletList'] === true,
        act: () => {
          run().toggleBulletList().run();
        },
      },
      {
        name: '编号列表',
        icon: <Icon of={OrderedListOutlined} />,
        active: state.active['orderedList'] === true,
        act: () => {
          run().toggleOrderedList().run();
        },
      },
      {
        name: '引用',
        icon: <span aria-hidden="true">“”</span>,
        active: state.active['blockquote'] === true,
        act: () => {
          run().toggleBlockquote().run();
        },
      },
      {
        name: '分隔线',
        icon: <Icon of={LineOutlined} />,
        act: () => {
          run().setHorizontalRule().run();
        },
      },
    ],
    [
      {
        name: '链接',
        icon: <Icon of={LinkOutlined} />,
        active: state.active['link'] === true,
        act: () => {
          setLinking(true);
        },
      },
      {
        name: '插入表格',
        icon: <Icon of={TableOutlined} />,
        disabled: state.active['table'] === true,
        act: () => {
          run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run();
        },
      },
    ],
  ];
  return (
    <div className="toolbar" role="toolbar" aria-label="正文格式">
      <Select
        aria-label="段落样式"
        size="small"
        value={state.level}
        options={styles}
        popupMatchSelectWidth={false}
        onChange={(level) => {
          setStyle(editor, level);
        }}
      />
      {groups.map((tools, index) => (
        <div key={index} className="tool-group">
          {tools.map((tool) => (
            <ToolButton key={tool.name} {...tool} />
          ))}
        </div>
      ))}
      <ImagePicker onPick={onPickImage} />
      {state.active['image'] === true ? (
        <button
          type="button"
          className="tool tool-word"
          onClick={() => {
            setImage(editor.getAttributes('image') as ImageAttributes);
          }}
        >
          图片说明
        </button>
      ) : null}
      {state.active['table'] === true ? <TableTools editor={editor} /> : null}
      <LinkDialog
        editor={editor}
        open={linking}
        onClose={() => {
          setLinking(false);
        }}
      />
      <ImageWordsDialog
        image={image}
        onClose={() => {
          setImage(null);
        }}
        onChanged={(attributes) => {
          editor.chain().focus().updateAttributes('image', attributes).run();
          setImage(null);
        }}
      />
    </div>
  );
}

function ImagePicker({ onPick }: { readonly onPick: (file: File) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="tool-group">
      <ToolButton name="插入图片" icon={<Icon of={PictureOutlined} />} act={() => picker.current?.click()} />
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="选择图片"
        accept="image/png,image/jpeg,image/gif,image/webp"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) onPick(file);
        }}
      />
    </div>
  );
}
