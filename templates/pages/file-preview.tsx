import { describeSize } from '../components/attachments/attachments.tsx';
import { Breadcrumb } from '../components/breadcrumb/breadcrumb.tsx';
import { TableOfContents } from '../components/table-of-contents/table-of-contents.tsx';
import { prepareChrome, type PreparedChrome, renderDocument } from '../document.tsx';
import { outlineOf } from '../outline.ts';
import type { FilePreviewProps } from '../page-types.ts';
import { renderRichText } from '../rich-text/index.ts';

/** Fewer parts than this are seen at a glance. */
const leastParts = 2;
/** Below the name of the file. */
const highestHeading = 2;

/** The beginning of an attached document, to be read without opening it: not to be found in place of the file. */
export function renderFilePreview(
  props: FilePreviewProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { chrome, name, format } = props;
  return renderDocument({
    prepared,
    trail: props.breadcrumb,
    head: {
      title: `${name} - 附件预览 - ${chrome.name}`,
      description: `附件“${name}”（${format}）的文字预览`,
      path: props.path,
      hidden: true,
    },
    content: <FilePreview {...props} />,
  });
}

function FilePreview(props: FilePreviewProps) {
  const { name, format, bytes, fileUrl, sources } = props;
  const parts = outlineOf(props.body);
  return (
    <div class="wrap">
      <Breadcrumb steps={props.breadcrumb} leaf="附件预览" />
      <main id="main" tabindex={-1}>
        <article class="article file-preview">
          <header class="article-header">
            <h1>{name}</h1>
          </header>
          <div class="file-preview-facts">
            <p>
              {format}，{describeSize(bytes)}
              <a href={fileUrl}>下载原文件</a>
            </p>
            <p class="preview-note">{noteOf(props)}</p>
          </div>
          {parts.length >= leastParts && <TableOfContents entries={parts} />}
          {/* Only renderRichText makes this markup, from a closed set of elements. */}
          <div class="rich-text" dangerouslySetInnerHTML={{ __html: bodyOf(props) }} />
          <div class="article-end">
            <h2>这个附件属于</h2>
            <ul>
              {sources.map((source) => (
                <li>
                  <a href={source.url}>{source.name}</a>
                </li>
              ))}
            </ul>
          </div>
        </article>
      </main>
    </div>
  );
}

function noteOf({ isWhole, lacksPictures }: FilePreviewProps): string {
  return [
    '这是文字预览，版式与原文件不同，以原文件为准。',
    isWhole ? '' : '文件较长，这里只有开头部分。',
    lacksPictures ? '图片没有显示。' : '',
  ].join('');
}

function bodyOf({ body, ownHosts }: FilePreviewProps): string {
  const levels = body.content.flatMap((block) => (block.type === 'heading' ? [block.attrs.level] : []));
  const headingOffset = levels.length === 0 ? 0 : highestHeading - Math.min(...levels);
  return renderRichText(body, { ownHosts, headingOffset, asset: () => undefined });
}
