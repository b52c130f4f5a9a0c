import type { Attachment } from '../../page-types.ts';

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
  return (
    <details class="preview">
      <summary>
        在线预览<span class="visually-hidden">：{name}</span>
      </summary>
      {preview === 'pdf' ? (
        <>
          <iframe src={url} title={`预览：${name}`} loading="lazy" />
          <p class="preview-note">
            有的手机不能在网页里显示 PDF，请<a href={url}>打开文件</a>。
          </p>
        </>
      ) : (
        <img
          src={url}
          alt={name}
          width={preview.width}
          height={preview.height}
          loading="lazy"
          decoding="async"
        />
      )}
    </details>
  );
}

/** As people say it: whole kilobytes, megabytes with one decimal. */
export function describeSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.round(kilobytes)} KB`;
  return `${(kilobytes / 1024).toFixed(1)} MB`;
}
