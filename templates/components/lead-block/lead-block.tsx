import type { Entry } from '../../page-types.ts';
import type { BlockProps } from '../blocks/block-of.ts';
import { MediumTag } from '../medium-tag/medium-tag.tsx';
import { BlockHeading, EntryLines } from '../entry-block/entry-block.tsx';
import { SizedPicture } from '../sized-picture/sized-picture.tsx';

/** 要闻: pictures on one side, the headline and what came after it on the other. */
export function LeadBlock({ block, id }: BlockProps<'lead'>) {
  const [main, ...others] = block.stories.filter((story) => story.picture !== undefined);
  const [first, ...rest] = block.entries;
  if (main === undefined && first === undefined) return null;
  return (
    <section class={classOf(main, first)} aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      <div class="lead-body">
        {main && (
          <div class="lead-stories">
            <Story story={main} main />
            {others.length > 0 && (
              <div class="lead-others">
                {others.slice(0, 3).map((story) => (
                  <Story story={story} main={false} />
                ))}
              </div>
            )}
          </div>
        )}
        {first && (
          <div class="lead-entries">
            <h3 class="lead-first">
              <MediumTag medium={first.medium} />
              <a href={first.url}>{first.title}</a>
            </h3>
            {first.summary !== undefined && <p class="lead-summary">{first.summary}</p>}
            {rest.length > 0 && <EntryLines entries={rest} />}
          </div>
        )}
      </div>
    </section>
  );
}

function classOf(main: Entry | undefined, first: Entry | undefined): string {
  if (main === undefined) return 'block lead lead-plain';
  return first === undefined ? 'block lead lead-pictures' : 'block lead';
}

function Story({ story, main }: { story: Entry; main: boolean }) {
  const { picture } = story;
  if (picture === undefined) return null;
  return (
    <a class={main ? 'story story-main' : 'story'} href={story.url}>
      <SizedPicture
        picture={picture}
        // Read once: the words beside the picture are part of the same link.
        alt={picture.alt === story.title ? '' : picture.alt}
        shown={main ? '(min-width: 62em) 42rem, 100vw' : '(min-width: 62em) 14rem, 33vw'}
        loading={main ? 'eager' : 'lazy'}
      />
      <span class="story-title">
        <MediumTag medium={story.medium} />
        {story.title}
      </span>
    </a>
  );
}
