const names: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  doc: 'Word 文档',
  docx: 'Word 文档',
  wps: 'WPS 文档',
  xls: 'Excel 表格',
  xlsx: 'Excel 表格',
  et: 'WPS 表格',
  csv: 'CSV 表格',
  ppt: '演示文稿',
  pptx: '演示文稿',
  dps: '演示文稿',
  ofd: 'OFD 版式文件',
  txt: '文本文件',
  zip: '压缩包',
  rar: '压缩包',
  '7z': '压缩包',
  jpg: '图片',
  jpeg: '图片',
  png: '图片',
  gif: '图片',
  webp: '图片',
  mp3: '音频',
  mp4: '视频',
};

/** What people call a file of this name. */
export function formatName(fileName: string): string {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(names, extension) ? (names[extension] ?? '文件') : '文件';
}
