import { Blocks } from '../components/blocks/blocks.tsx';
import { Breadcrumb } from '../components/breadcrumb/breadcrumb.tsx';
import { SizedPicture } from '../components/sized-picture/sized-picture.tsx';
import { CORRECTION_PATH } from '../addresses.ts';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import { isoMoment } from '../moment.ts';
import type { TopicProps } from '../block-types.ts';
import { describeBreadcrumb, describeTopic } from '../structured-data.ts';

/** 专题: a page composed for an occasion. It has the tags of a content page, for it is one. */
export function renderTopic(
  props: TopicProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { chrome, column } = props;
  return renderDocument({
    prepared,
    trail: props.breadcrumb,
    head: {
      title: `${props.title} - ${column.name} - ${chrome.name}`,
      description: props.description || props.title,
      path: props.path,
      column,
      content: props,
      image: props.cover,
      rssUrl: column.rssUrl,
      things: [
        describeTopic(props),
        describeBreadcrumb(chrome, [...props.breadcrumb, { name: props.title, url: props.path }]),
      ],
    },
    content: (
      <div class="wrap">
        <Breadcrumb steps={props.breadcrumb} leaf={props.title} />
        <main id="main" class="topic" tabindex={-1}>
          <EndedBanner {...props} />
          <TopicHeader {...props} />
          <div class="home">
            <Blocks blocks={props.blocks} />
          </div>
          <p class="topic-foot">
            <a href={chrome.correctionUrl ?? CORRECTION_PATH}>内容有误？告诉我们</a>
          </p>
        </main>
      </div>
    ),
  });
}

/** Rule D-17: what is over stays for the record, and says so before anything else. */
function EndedBanner({ ended, endsOn }: TopicProps) {
  if (!ended) return null;
  return (
    <p class="topic-ended" role="note">
      本专题已
      {endsOn !== undefined && (
        <>
          于 <time datetime={endsOn}>{endsOn}</time>{' '}
        </>
      )}
      结束归档，内容供查阅
    </p>
  );
}

function TopicHeader({ title, description, cover, publishedAt, source }: TopicProps) {
  return (
    <header class={cover === undefined ? 'topic-header' : 'topic-header topic-header-cover'}>
      {cover !== undefined && (
        <SizedPicture
          class="topic-cover"
          picture={cover}
          alt={cover.alt === title ? '' : cover.alt}
          shown="(min-width: 75em) 75rem, 100vw"
          loading="eager"
        />
      )}
      <div class="topic-words">
        <p class="topic-kind">专题</p>
        <h1>{title}</h1>
        {description !== '' && description !== title && <p class="topic-summary">{description}</p>}
        <ul class="topic-facts">
          <li>
            发布时间：<time datetime={isoMoment(publishedAt)}>{publishedAt}</time>
          </li>
          <li>来源：{source}</li>
        </ul>
      </div>
    </header>
  );
}
