import type { Editor } from '@tiptap/react';
import { useEffect } from 'react';

import { useBodyDesk } from '../proofreading/body-desk.ts';
import { findingMarks, rangeOf } from './finding-marks.ts';

/** The body shows what was found in it, and does what the list beside it asks for. */
export function useFindingMarks(editor: Editor): void {
  const { findings, attach } = useBodyDesk();
  useEffect(() => {
    editor.view.dispatch(editor.state.tr.setMeta(findingMarks, findings));
  }, [editor, findings]);
  useEffect(() => {
    attach({
      goTo: (finding) => {
        const range = rangeOf(editor.state.doc, finding);
        if (range) editor.chain().focus().setTextSelection(range).scrollIntoView().run();
        else editor.commands.focus();
      },
      replace: (finding, text) => {
        const range = rangeOf(editor.state.doc, finding);
        if (!range) return false;
        // Unlike inserted content, inserted text keeps the form of what it replaces.
        editor.view.dispatch(editor.state.tr.insertText(text, range.from, range.to).scrollIntoView());
        return true;
      },
    });
    return () => {
      attach(null);
    };
  }, [editor, attach]);
}
