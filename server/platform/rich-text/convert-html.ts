import type { RichDocument } from '../../../contracts/rich-text.ts';
import { AppError } from '../errors.ts';
import { checkRichDocument } from './check.ts';
import { HtmlConverter, type ConvertHtmlOptions, type LeftOut } from './html-converter.ts';
import { scanTree } from './html-scan.ts';
import { parseHtml, walkTree } from './html-tree.ts';

export interface ConvertedHtml {
  document: RichDocument;
  /** What was left out, in Chinese, for the person who pasted. */
  warnings: string[];
  /** Pictures without an asset, in order of appearance, each time they appear. */
  images: { src: string; alt: string }[];
}

const messages: Readonly<Record<LeftOut, (count: number) => string>> = {
  image: (count) => `${count} 张图片没有带入，请另行上传`,
  media: (count) => `${count} 处音视频或嵌入内容没有带入`,
  link: (count) => `${count} 个链接的地址不允许，只保留了文字`,
  form: (count) => `${count} 个表单控件没有带入`,
};

const sizeProblems = new Set(['rich-text.too-many-nodes', 'rich-text.too-long']);

/**
 * Pasted or imported HTML as a rich document. Whatever the input, the result passes `checkRichDocument`;
 * input that is larger than a document may be is refused with `rich-text.too-large`.
 */
export function convertHtml(html: string, options: ConvertHtmlOptions = {}): ConvertedHtml {
  const root = parseHtml(html);
  const converter = new HtmlConverter(options, scanTree(root));
  walkTree(root, converter);
  const blocks = converter.finish();
  const document: RichDocument = {
    type: 'doc',
    content: blocks.length > 0 ? blocks : [{ type: 'paragraph' }],
  };
  const problems = checkRichDocument(document);
  if (problems.some(({ code }) => !sizeProblems.has(code))) {
    throw new Error('The conversion of HTML made an unsound document.', { cause: problems });
  }
  if (problems.length > 0) {
    throw new AppError('invalid', 'rich-text.too-large', '内容过大或过于复杂，请分成几部分导入', {
      details: { problems },
    });
  }
  const warnings = [...converter.leftOut].map(([what, count]) => messages[what](count));
  return { document, warnings, images: converter.images };
}
