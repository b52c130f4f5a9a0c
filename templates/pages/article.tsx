import { DisclosureTable } from '../components/disclosure-table/disclosure-table.tsx';
import { ValidityBanner, ValidityHistory } from '../components/validity/validity.tsx';
import { prepareChrome, type PreparedChrome } from '../document.tsx';
import type { ArticleProps, PolicyProps, RecordProps } from '../page-types.ts';
import { describeArticle, describePolicy } from '../structured-data.ts';
import { renderContentPage } from './content-page.tsx';

export function renderArticle(
  props: ArticleProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  return renderContentPage(props, { prepared, thing: describeArticle(props) });
}

/** An article under the table of openness. */
export function renderRecord(
  props: RecordProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  return renderContentPage(props, {
    prepared,
    thing: describeArticle(props),
    record: <DisclosureTable record={props.disclosure} />,
  });
}

/** An article that is a document of record: with its disclosure table, and a warning when it no longer holds. */
export function renderPolicy(
  props: PolicyProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { disclosure, validityChange } = props;
  return renderContentPage(props, {
    prepared,
    thing: describePolicy(props),
    record: (
      <>
        <ValidityBanner validity={disclosure.validity} change={validityChange} />
        <DisclosureTable record={disclosure} />
      </>
    ),
    after: <ValidityHistory steps={props.validityHistory ?? []} />,
  });
}
