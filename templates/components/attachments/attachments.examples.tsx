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
  'a document whose first pages were drawn': (
    <Attachments
      attachments={[
        {
          name: '补贴标准',
          url: '/files/b.pdf',
          format: 'PDF',
          bytes: 2_411_724,
          preview: {
            totalPages: 12,
            pages: [
              { url: '/files/1/b-p1.webp', width: 1000, height: 1415 },
              { url: '/files/2/b-p2.webp', width: 1000, height: 1415 },
            ],
          },
        },
      ]}
    />
  ),
  'documents that can be read as pages': (
    <Attachments
      attachments={[
        {
          name: '申请表',
          url: '/files/a.docx',
          format: 'Word 文档',
          bytes: 48_200,
          preview: { pageUrl: '/preview/a/a.docx.html' },
        },
        {
          name: '补贴名单',
          url: '/files/b.xlsx',
          format: 'Excel 表格',
          bytes: 2_411_724,
          preview: { pageUrl: '/preview/b/b.xlsx.html' },
        },
      ]}
    />
  ),
  none: <Attachments attachments={[]} />,
};
