import type { Attachment, DrawnPages } from '../../page-types.ts';

export function Attachments({ attachments }: { readonly attachments: readonly Attachment[] | undefined }) {
  if (attachments === undefined || attachments.length === 0) return null;
  return (
    <section class="attachments" aria-labelledby="attachments">
      <h2 id="attachments">附件</h2>
      <ul>
        {attachments.map((attachment) => (
          <li>
            <a href={attachment.url}>{attachment.name}</a>
            <span class="attachment-facts">
              {attachment.format}，{describeSize(attachment.bytes)}
            </span>
            <Preview attachment={attachment} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Loaded when it is opened: nobody pays for what they do not look at. */
function Preview({ attachment }: { readonly attachment: Attachment }) {
  const { preview, url, name } = attachment;
  if (preview === undefined) return null;
  if (preview === 'audio') {
    return <audio class="attachment-player" src={url} controls preload="none" aria-label={`播放：${name}`} />;
  }
  if (typeof preview === 'object' && 'pageUrl' in preview) {
    return (
      <p class="preview">
        <a href={preview.pageUrl}>
          在线预览<span class="visually-hidden">：{name}</span>
        </a>
      </p>
    );
  }
  return (
    <details class="preview">
      <summary>
        在线预览<span class="visually-hidden">：{name}</span>
      </summary>
      {previewBody(preview, attachment)}
    </details>
  );
}

function previewBody(
  preview: 'pdf' | DrawnPages | { readonly width: number; readonly height: number },
  { url, name }: Attachment,
) {
  if (preview === 'pdf') {
    return (
      <>
        <iframe src={url} title={`预览：${name}`} loading="lazy" />
        <p class="preview-note">
          有的手机不能在网页里显示 PDF，请<a href={url}>打开文件</a>。
        </p>
      </>
    );
  }
  if ('pages' in preview) return <Pages drawn={preview} url={url} name={name} />;
  return (
    <img src={url} alt={name} width={preview.width} height={preview.height} loading="lazy" decoding="async" />
  );
}

interface PagesProps {
  readonly drawn: DrawnPages;
  readonly url: string;
  readonly name: string;
}

/** The beginning for everybody, on any telephone; the whole, with its words, is the file. */
function Pages({ drawn: { pages, totalPages }, url, name }: PagesProps) {
  return (
    <>
      {pages.map((page, at) => (
        <img
          class="preview-page"
          src={page.url}
          alt={`${name}第${at + 1}页的图像`}
          width={page.width}
          height={page.height}
          loading="lazy"
          decoding="async"
        />
      ))}
      <p class="preview-note">
        {pages.length < totalPages
          ? `全文共${totalPages}页，这里是前${pages.length}页。`
          : `共${totalPages}页。`}
        <a href={url}>打开文件</a>
      </p>
    </>
  );
}

/** As people say it: whole kilobytes, megabytes with one decimal. */
export function describeSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.round(kilobytes)} KB`;
  return `${(kilobytes / 1024).toFixed(1)} MB`;
}
