import type { Examples } from '../examples.ts';
import { Attachments } from './attachments.tsx';

export const attachmentsExamples: Examples = {
  'two files': (
    <Attachments
      attachments={[
        { name: '申请表', url: '/files/a.doc', format: 'Word 文档', bytes: 48_200 },
        { name: '补贴标准', url: '/files/b.pdf', format: 'PDF', bytes: 2_411_724 },
      ]}
    />
  ),
  none: <Attachments attachments={[]} />,
};
