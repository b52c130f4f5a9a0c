export type ReadableKind = 'pdf' | 'docx' | 'xlsx' | 'pptx' | 'archive' | 'plain';

const openXml = 'application/vnd.openxmlformats-officedocument';

const kinds: Readonly<Record<string, ReadableKind>> = {
  'application/pdf': 'pdf',
  [`${openXml}.wordprocessingml.document`]: 'docx',
  [`${openXml}.spreadsheetml.sheet`]: 'xlsx',
  [`${openXml}.presentationml.presentation`]: 'pptx',
  'application/ofd': 'archive',
  'application/zip': 'archive',
  'text/plain': 'plain',
  'text/csv': 'plain',
};

/** How the words of files of this type are read; undefined when there are none to be read. */
export const readableKind = (mediaType: string): ReadableKind | undefined =>
  kinds[mediaType.split(';')[0]?.trim() ?? ''];

export const isReadable = (mediaType: string): boolean => readableKind(mediaType) !== undefined;
