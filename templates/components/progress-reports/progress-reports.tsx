import { isoMoment } from '../../moment.ts';
import type { ProgressReport } from '../../page-types.ts';

/** What has happened since the first report of an emergency, the newest first, each with a page of its own. */
export function ProgressReports({ reports }: { readonly reports: readonly ProgressReport[] }) {
  if (reports.length === 0) return null;
  return (
    <section class="progress-reports" aria-labelledby="progress-reports">
      <h2 id="progress-reports" class="part-title">
        事件进展
      </h2>
      <ol reversed>
        {reports.map(({ at, name, url, summary }) => (
          <li>
            <time datetime={isoMoment(at)}>{at}</time>
            <a href={url}>{name}</a>
            {summary !== undefined && <p>{summary}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
