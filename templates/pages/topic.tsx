import { Breadcrumb } from '../components/breadcrumb/breadcrumb.tsx';
import { HomeBlock } from '../components/home-block/home-block.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { TopicProps } from '../page-types.ts';
import { describeBreadcrumb } from '../structured-data.ts';

/** A page composed for an occasion, by the same blocks as a home page. */
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
      description: props.description,
      path: props.path,
      column,
      content: props,
      image: props.cover,
      rssUrl: column.rssUrl,
      things: [describeBreadcrumb(chrome, [...props.breadcrumb, { name: props.title, url: props.path }])],
    },
    content: (
      <main id="main" class="wrap home" tabindex={-1}>
        <Breadcrumb steps={props.breadcrumb} leaf="专题" />
        <h1>{props.title}</h1>
        <p>{props.description}</p>
        {props.ended ? <p>本专题已于 {props.endsOn} 结束，内容供查阅。</p> : null}
        {props.blocks.map((block, index) => (
          <HomeBlock block={block} index={index} />
        ))}
      </main>
    ),
  });
}
