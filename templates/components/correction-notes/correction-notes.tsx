import { isoMoment } from '../../moment.ts';
import type { CorrectionNote } from '../../page-types.ts';

/** What was corrected in a published text, when and by whom; the newest first. */
export function CorrectionNotes({ notes }: { readonly notes: readonly CorrectionNote[] }) {
  if (notes.length === 0) return null;
  return (
    <section class="correction-notes" aria-labelledby="correction-notes">
      <h2 id="correction-notes" class="part-title">
        更正说明
      </h2>
      <ul>
        {notes.map(({ at, text, unit }) => (
          <li>
            <time datetime={isoMoment(at)}>{at}</time> {text}（{unit}）
          </li>
        ))}
      </ul>
    </section>
  );
}
