import type { LinkGroup } from '../../block-types.ts';
import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';

export function ServicesBlock({ block, id }: BlockProps<'services'>) {
  if (block.links.length === 0) return null;
  return (
    <section class="block band services" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      <Tiles links={block.links} />
    </section>
  );
}

/** 办事 by whom it is for: 个人、企业, or by what happens in a life. */
export function ServiceGroupsBlock({ block, id }: BlockProps<'service-groups'>) {
  const groups = block.groups.filter((group) => group.links.length > 0);
  if (groups.length === 0) return null;
  return (
    <section class="block band services" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      <div class="service-groups">
        {groups.map((group) => (
          <div class="service-group">
            <h3>{group.name}</h3>
            <Tiles links={group.links} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Tiles({ links }: Pick<LinkGroup, 'links'>) {
  return (
    <ul class="tiles">
      {links.map((link) => (
        <li>
          <a href={link.url}>
            <span class="tile-name">{link.name}</span>
            {link.note !== undefined && <span class="tile-note">{link.note}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
