import { type Asset, assetKindNames, assetKindOf, type FileScan } from '../../../contracts/library.ts';

export const scanNames: Readonly<Record<FileScan, string>> = {
  off: '没有做过病毒检查',
  waiting: '等待病毒检查',
  clean: '病毒检查通过',
  infected: '查出病毒，已隔离',
};

const findingNames: Readonly<Record<string, string>> = {
  damaged: '文件已损坏，或者不是它所称的格式，读不出文字',
  encrypted: '文件设有密码，读不出文字',
  'too-large': '文件过大或解压后过大，没有读取',
  'too-long': '文字很长，只保留了前面一部分',
  'took-too-long': '读取用时过长，已停止',
  'too-much-memory': '读取占用内存过多，已停止',
  entities: '文件含有外部引用声明，出于安全没有读取',
  scripts: '文件里有脚本，请确认是否需要公开这样的文件',
  'embedded-files': '文件里嵌有其他文件，请确认里面的内容可以公开',
  'hidden-sheets': '表格里有隐藏的工作表，公开前请检查',
  macros: '文件里有宏，请确认是否需要公开这样的文件',
  programs: '压缩包里有程序文件，请确认可以公开',
  'fonts-missing': '文件没有带上自己的字体，服务器上也没有合适的，所以只显示文字',
  'fonts-substituted': '文件没有带上自己的字体，这里用别的字体代替，字形可能与原文件不同',
  'pictures-left-out': '图片没有显示',
};

/** The same findings of one who looks at a document instead of reading it. */
const ofPreviews: Readonly<Record<string, string>> = {
  damaged: '文件已损坏，或者不是它所称的格式',
  encrypted: '文件设有密码',
  'too-large': '文件过大或解压后过大',
  'too-long': '文字很长，只显示了开头',
  'took-too-long': '生成预览用时过长，已停止',
  'too-much-memory': '生成预览占用内存过多，已停止',
  entities: '文件含有外部引用声明，出于安全没有打开',
};

/** What was noticed when a document was read, for people. */
export const findingText = (code: string): string => findingNames[code] ?? code;

export const previewFindingText = (code: string): string => ofPreviews[code] ?? findingText(code);

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} 字节`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${String(Math.round(kilobytes))} KB`;
  const megabytes = kilobytes / 1024;
  return megabytes < 1000 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

/** `图片 · 1600×900 · 340 KB` */
export function factsOfAsset({ mediaType, width, height, size }: Asset): string {
  const measures = width !== null && height !== null ? [`${String(width)}×${String(height)}`] : [];
  return [assetKindNames[assetKindOf(mediaType)], ...measures, sizeText(size)].join(' · ');
}
