import type { ArticleProps, DocumentLink } from '../../page-types.ts';
import { ValidityTag } from '../validity/validity.tsx';

export function NeighbourLinks({ previous, next }: Pick<ArticleProps, 'previous' | 'next'>) {
  if (previous === undefined && next === undefined) return null;
  return (
    <nav class="neighbours" aria-label="上一篇和下一篇">
      <ul>
        {previous && (
          <li>
            <span>上一篇</span>
            <a href={previous.url}>{previous.name}</a>
          </li>
        )}
        {next && (
          <li>
            <span>下一篇</span>
            <a href={next.url}>{next.name}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}

export function RelatedLinks({ related }: Pick<ArticleProps, 'related'>) {
  const groups = (related ?? []).filter((group) => group.links.length > 0);
  if (groups.length === 0) return null;
  return (
    <div class="related">
      {groups.map((group, index) => (
        <RelatedGroup title={group.title} links={group.links} id={`related-${index}`} />
      ))}
    </div>
  );
}

function RelatedGroup({ title, links, id }: { title: string; links: readonly DocumentLink[]; id: string }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>
        {links.map((link) => (
          <li>
            <a href={link.url}>{link.name}</a>
            <ValidityTag validity={link.validity} />
          </li>
        ))}
      </ul>
    </section>
  );
}
