import type { Link } from '../../page-types.ts';

export interface BreadcrumbProps {
  readonly steps: readonly Link[];
  /** What stands behind the last step when the page itself is not one: 正文. */
  readonly leaf?: string | undefined;
}

export function Breadcrumb({ steps, leaf }: BreadcrumbProps) {
  const last = steps.length - 1;
  return (
    <nav class="breadcrumb" aria-label="当前位置">
      <ol>
        <li>
          <a href="/">首页</a>
        </li>
        {steps.map((step, index) => (
          <li>
            {leaf === undefined && index === last ? (
              <span aria-current="page">{step.name}</span>
            ) : (
              <a href={step.url}>{step.name}</a>
            )}
          </li>
        ))}
        {leaf !== undefined && (
          <li>
            <span aria-current="page">{leaf}</span>
          </li>
        )}
      </ol>
    </nav>
  );
}
