const openXml = 'application/vnd.openxmlformats-officedocument';

export type PreviewedKind = 'pdf' | 'docx' | 'ofd' | 'sheet' | 'table' | 'words';

/** How documents are shown that can be looked at before they are opened. */
export const previewedTypes: Readonly<Record<string, PreviewedKind>> = {
  'application/pdf': 'pdf',
  [`${openXml}.wordprocessingml.document`]: 'docx',
  [`${openXml}.spreadsheetml.sheet`]: 'sheet',
  [`${openXml}.presentationml.presentation`]: 'words',
  'application/ofd': 'ofd',
  'text/csv': 'table',
  'text/plain': 'words',
};

/** Undefined when files of this type have no preview. */
export const previewedKind = (mediaType: string): PreviewedKind | undefined =>
  previewedTypes[mediaType.split(';')[0]?.trim() ?? ''];
