import type { DisclosureRecord } from '../../page-types.ts';
import { VALIDITY_NAMES } from '../validity/validity.tsx';

/** 政府信息公开 metadata: the regulation's six fields, then what identifies the document. */
export function DisclosureTable({ record }: { readonly record: DisclosureRecord }) {
  const rows = [
    ['信息类别', record.category],
    ['公开方式', record.method],
    ['生成日期', record.generatedOn],
    ['公开时限', record.period],
    ['公开范围', record.audience],
    ['信息索取号', record.indexNumber],
    ['文号', record.documentNumber],
    ['成文日期', record.writtenOn],
    ['发布机构', record.issuer],
    ['有效性', record.validity === undefined ? undefined : VALIDITY_NAMES[record.validity]],
  ] as const;
  return (
    <section class="disclosure" aria-label="政府信息公开要素">
      <dl>
        {rows.map(
          ([name, value]) =>
            value !== undefined && (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
