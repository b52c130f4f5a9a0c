import type { PolicyProps, Validity, ValidityStep } from '../../page-types.ts';

export const VALIDITY_NAMES: Readonly<Record<Validity, string>> = {
  valid: '有效',
  amended: '已修改',
  abolished: '已废止',
  expired: '已失效',
};

/** In a list only what is no longer simply valid is worth a word. */
export function ValidityTag({ validity }: { readonly validity: Validity | undefined }) {
  if (validity === undefined || validity === 'valid') return null;
  return <span class={`tag tag-${validity}`}>{VALIDITY_NAMES[validity]}</span>;
}

const EXPLANATIONS = {
  amended: '本文件的部分内容已经修改，引用前请核对修改后的文本。',
  abolished: '本文件已经废止，仅供查阅，不再作为行政管理的依据。',
  expired: '本文件已经失效，仅供查阅，不再作为行政管理的依据。',
} as const;

const SINCE = { amended: '修改日期', abolished: '废止日期', expired: '失效日期' } as const;

export interface ValidityBannerProps {
  readonly validity: Validity | undefined;
  readonly change: PolicyProps['validityChange'];
}

/** A document that no longer holds says so before its text. */
export function ValidityBanner({ validity, change }: ValidityBannerProps) {
  if (validity === undefined || validity === 'valid') return null;
  return (
    <section class={`validity-banner validity-${validity}`} aria-labelledby="validity-banner">
      <h2 id="validity-banner">
        {VALIDITY_NAMES[validity]}
        {change?.on !== undefined && (
          <span class="validity-since">
            {SINCE[validity]}：<time datetime={change.on}>{change.on}</time>
          </span>
        )}
      </h2>
      <p>{EXPLANATIONS[validity]}</p>
      {change?.note !== undefined && <p>{change.note}</p>}
      {change?.replacedBy !== undefined && (
        <p>
          {validity === 'amended' ? '修改后的文本' : '替代文件'}：
          <a href={change.replacedBy.url}>{change.replacedBy.name}</a>
        </p>
      )}
    </section>
  );
}

/** When it was said to hold, to be changed or to be over, and on what ground. */
export function ValidityHistory({ steps }: { readonly steps: readonly ValidityStep[] }) {
  if (steps.length === 0) return null;
  return (
    <section class="validity-history" aria-labelledby="validity-history">
      <h2 id="validity-history" class="part-title">
        有效性变更记录
      </h2>
      <ol>
        {steps.map(({ validity, on, basis, source }) => (
          <li>
            <time datetime={on}>{on}</time> 起{VALIDITY_NAMES[validity]}
            {(basis !== undefined || source !== undefined) && '，依据：'}
            {basis}
            {source !== undefined && <a href={source.url}>《{source.name}》</a>}
          </li>
        ))}
      </ol>
    </section>
  );
}
