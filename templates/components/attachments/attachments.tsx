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
          </li>
        ))}
      </ul>
    </section>
  );
}

/** As people say it: whole kilobytes, megabytes with one decimal. */
export function describeSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.round(kilobytes)} KB`;
  return `${(kilobytes / 1024).toFixed(1)} MB`;
}
