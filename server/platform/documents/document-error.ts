import { AppError } from '../errors.ts';

/** Every way in which a file may be unfit, with what a person is told. */
const sentences = {
  'document.type-unknown':
    '无法识别这种文件。可导入的有：JSON Lines、CSV、xlsx、docx、网页、OFD、由它们打成的 zip 包和 WordPress 导出文件。',
  'document.type-old':
    '这是旧版 Office 文件，或者设有打开密码。请用 Office 或 WPS 另存为不带密码的 docx、xlsx 后再导入。',
  'document.empty': '文件是空的，或者里面没有可导入的内容。',
  'document.damaged': '文件已损坏或不完整，无法读取。',
  'document.encrypted': '文件设有密码或已加密，无法读取。',
  'document.too-large': '文件解开后过大，为保护系统没有继续读取，请分成几个文件。',
  'document.too-many-files': '压缩包内文件过多，请分成几个压缩包。',
  'document.names-unsafe': '压缩包内有重名的文件，或者文件名越出了压缩包的范围，已拒绝读取。',
  'document.too-slow': '文件过于复杂，未能在规定时间内读完，请拆分或另存后再试。',
  'document.encoding-unknown': '文字编码无法识别，请另存为 UTF-8 或 GB 18030（ANSI）编码。',
  'document.xml-forbidden': '文件内含有不允许的外部引用声明（DOCTYPE），已拒绝读取。',
} as const;
export type DocumentErrorCode = keyof typeof sentences;

/** A refusal of a file, or of one file in an archive. */
export function documentError(
  code: DocumentErrorCode,
  more: { readonly cause?: unknown; readonly details?: unknown } = {},
): AppError {
  return new AppError('invalid', code, sentences[code], more);
}

export function isDocumentErrorCode(code: string): code is DocumentErrorCode {
  return code in sentences;
}
