import type { LinkGroup } from '../../block-types.ts';
import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';

export function LinksBlock({ block, id }: BlockProps<'links'>) {
  if (block.links.length === 0) return null;
  return (
    <section class="block" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} />
      <LinkGrid links={block.links} />
    </section>
  );
}

export function LinkGroupsBlock({ block, id }: BlockProps<'link-groups'>) {
  const groups = block.groups.filter((group) => group.links.length > 0);
  if (groups.length === 0) return null;
  return (
    <section class="block" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} />
      <div class="link-groups">
        {groups.map((group) => (
          <div class="link-group">
            <h3>{group.name}</h3>
            <LinkGrid links={group.links} />
          </div>
        ))}
      </div>
    </section>
  );
}

function LinkGrid({ links }: Pick<LinkGroup, 'links'>) {
  return (
    <ul class="link-grid">
      {links.map((link) => (
        <li>
          <a href={link.url}>{link.name}</a>
          {link.note !== undefined && <p>{link.note}</p>}
        </li>
      ))}
    </ul>
  );
}
