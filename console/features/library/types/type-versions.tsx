import type { TypeVersion } from '../../../../contracts/library.ts';
import { minuteText } from '../../../lib/time.ts';
import { changesOf } from './type-draft.ts';

/** Every version stays: what was written by it is shown as it says. */
export function TypeVersions({ versions }: { readonly versions: readonly TypeVersion[] }) {
  if (versions.length === 0) return null;
  return (
    <section aria-label="版本">
      <h2>版本</h2>
      <ol className="plain-list type-versions">
        {versions.map((version, at) => (
          <li key={version.number}>
            <strong>第 {version.number} 版</strong>
            <span className="hint">
              {minuteText(version.publishedAt)} {version.publishedByName}
              {version.note === '' ? '' : ` · ${version.note}`}
            </span>
            <span>
              {changesOf(versions[at + 1]?.definition, version.definition).join('，') || '没有改动'}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
