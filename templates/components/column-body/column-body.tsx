import { isoMoment } from '../../moment.ts';
import type {
  CatalogueRow,
  ColumnBody as Body,
  InlineText,
  InstitutionCard,
  LeaderCard,
} from '../../kind-types.ts';
import type { Entry } from '../../page-types.ts';
import { EntryList } from '../entry-list/entry-list.tsx';
import { FactTable } from '../fact-table/fact-table.tsx';
import { MediumTag } from '../medium-tag/medium-tag.tsx';
import { Portrait } from '../portrait/portrait.tsx';
import { SizedPicture } from '../sized-picture/sized-picture.tsx';
import { ValidityTag } from '../validity/validity.tsx';

/** What stands on the page of a column, in the way that fits its kind. */
export function ColumnBody({ body }: { readonly body: Body }) {
  switch (body.kind) {
    case 'leaders':
      return <Leaders leaders={body.leaders} />;
    case 'institutions':
      return <Institutions institutions={body.institutions} />;
    case 'inline':
      return <Inline text={body.text} />;
    case 'catalogue':
      return <Catalogue rows={body.rows} />;
    case 'pictures':
      return <Pictures entries={body.entries} />;
  }
}

function Leaders({ leaders }: { leaders: readonly LeaderCard[] }) {
  if (leaders.length === 0) return <EntryList entries={[]} />;
  return (
    <ul class="leaders">
      {leaders.map((leader) => (
        <li>
          <Portrait picture={leader.portrait} name={leader.name} />
          <div>
            <h2>
              <a href={leader.url}>{leader.name}</a>
            </h2>
            <p class="leader-post">{leader.post}</p>
            {leader.duties.map((line) => (
              <p>{line}</p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Institutions({ institutions }: { institutions: readonly InstitutionCard[] }) {
  if (institutions.length === 0) return <EntryList entries={[]} />;
  return (
    <>
      {institutions.length > 3 && (
        <nav class="directory" aria-label="机构目录">
          <ul>
            {institutions.map((one, index) => (
              <li>
                <a href={`#institution-${index + 1}`}>{one.name}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {institutions.map((one, index) => (
        <section class="institution" aria-labelledby={`institution-${index + 1}`}>
          <h2 id={`institution-${index + 1}`}>
            <a href={one.url}>{one.name}</a>
          </h2>
          <FactTable facts={one.facts} caption={`${one.name}的联系方式`} />
          <p class="institution-more">
            <a href={one.url}>
              职责和内设机构<span class="visually-hidden">：{one.name}</span>
            </a>
          </p>
        </section>
      ))}
    </>
  );
}

function Inline({ text }: { text: InlineText }) {
  return (
    <>
      {text.texts.length > 1 && (
        <nav class="texts" aria-label="本栏目的内容">
          <ul>
            {text.texts.map((link) => (
              <li>
                <a href={link.url} {...(link.url === text.url ? { 'aria-current': 'true' as const } : {})}>
                  {link.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <article class="inline-text" aria-labelledby="inline-title">
        <h2 id="inline-title">{text.name}</h2>
        <FactTable facts={text.facts ?? []} caption={`${text.name}：要素`} />
        {/* Only renderRichText makes this markup, from a closed set of elements. */}
        <div class="rich-text" dangerouslySetInnerHTML={{ __html: text.bodyHtml }} />
        <p class="inline-facts">
          <span>
            发布时间：<time datetime={isoMoment(text.publishedAt)}>{text.publishedAt}</time>
          </span>
          <a href={text.url}>
            单独打开<span class="visually-hidden">：{text.name}</span>
          </a>
        </p>
      </article>
    </>
  );
}

/**
 * A table on a wide screen; on a phone each row becomes a card, so that nothing has to be moved sideways.
 * The roles say again what is no table to look at there.
 */
function Catalogue({ rows }: { rows: readonly CatalogueRow[] }) {
  if (rows.length === 0) return <EntryList entries={[]} />;
  return (
    <table class="catalogue" role="table">
      <caption class="visually-hidden">政府信息公开目录</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            索引号
          </th>
          <th scope="col" role="columnheader">
            名称
          </th>
          <th scope="col" role="columnheader">
            内容概述
          </th>
          <th scope="col" role="columnheader">
            生成日期
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row">
            <td role="cell" class="catalogue-number">
              {row.indexNumber}
            </td>
            <th scope="row" role="rowheader">
              <a href={row.url}>{row.name}</a>
            </th>
            <td role="cell">{row.summary}</td>
            <td role="cell">
              <time datetime={row.producedOn}>{row.producedOn}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pictures({ entries }: { entries: readonly Entry[] }) {
  if (entries.length === 0) return <EntryList entries={[]} />;
  return (
    <ul class="pictures">
      {entries.map((entry) => (
        <li>
          <a href={entry.url}>
            {entry.picture === undefined ? (
              <span class="picture-empty" aria-hidden="true" />
            ) : (
              <SizedPicture picture={entry.picture} alt="" shown="(min-width: 44em) 20rem, 100vw" />
            )}
            <span class="picture-title">{entry.title}</span>
          </a>
          <p class="picture-facts">
            {entry.pinned === true && <span class="tag tag-pinned">置顶</span>}
            <MediumTag medium={entry.medium} />
            <ValidityTag validity={entry.validity} />
            {entry.archived === true && <span class="tag">已归档</span>}
            <time datetime={entry.day}>{entry.day}</time>
            {entry.origin !== undefined && <span>来自：{entry.origin}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
