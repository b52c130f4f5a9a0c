import type { Examples } from '../examples.ts';
import { CorrectionNotes } from './correction-notes.tsx';

export const correctionNotesExamples: Examples = {
  'two corrections, the newest first': (
    <CorrectionNotes
      notes={[
        { at: '2026-11-26 16:20', text: '第三条的咨询电话由 8123456 改为 8123465。', unit: '区教育局' },
        { at: '2026-11-20 09:05', text: '附件 2 换成盖章后的扫描件，内容没有变化。', unit: '区教育局' },
      ]}
    />
  ),
};
