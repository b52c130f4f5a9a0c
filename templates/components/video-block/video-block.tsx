import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';

/** The browser's own player, loading nothing before it is asked to. What is said and shown stands below as text. */
export function VideoBlock({ block, id }: BlockProps<'video'>) {
  const lines = block.transcript.split('\n').filter((line) => line.trim() !== '');
  return (
    <section class="block block-video" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} />
      <video
        controls
        preload="none"
        playsinline
        width={block.poster?.width ?? 960}
        height={block.poster?.height ?? 540}
        {...(block.poster === undefined ? {} : { poster: block.poster.url })}
        aria-labelledby={id}
      >
        <source src={block.url} type={block.mediaType} />
        <a href={block.url}>下载视频：{block.title}</a>
      </video>
      <details class="unfold">
        <summary>视频文字稿</summary>
        <div class="unfolded">
          {lines.map((line) => (
            <p>{line}</p>
          ))}
        </div>
      </details>
    </section>
  );
}
