import type { DisclosurePart } from '../../kind-types.ts';
import type { Link, Path } from '../../page-types.ts';

export interface DisclosureNavigationProps {
  readonly parts: readonly DisclosurePart[];
  readonly title: string;
  readonly current: Path;
}

/** The parts of 政府信息公开 in the uniform form, the same beside every page of it. */
export function DisclosureNavigation({ parts, title, current }: DisclosureNavigationProps) {
  return (
    <nav class="side-navigation disclosure-navigation" aria-label={title}>
      <p class="side-title">{title}</p>
      <ul>
        {parts.map((part) => (
          <li>
            <PartLink link={part} current={current} />
            {part.columns.length > 0 && (
              <ul>
                {part.columns.map((link) => (
                  <li>
                    <PartLink link={link} current={current} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PartLink({ link, current }: { link: Link; current: Path }) {
  return (
    <a href={link.url} {...(link.url === current ? { 'aria-current': 'page' as const } : {})}>
      {link.name}
    </a>
  );
}
