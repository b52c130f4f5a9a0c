import { formLimits, ratingReasonNames, ratingReasons } from '../../../contracts/interaction.ts';
import { assetAddress, correctionAddress, FEEDBACK_PATH } from '../../addresses.ts';
import type { Path, SiteChrome } from '../../page-types.ts';
import { TrapField } from '../form-field/form-field.tsx';

export interface FeedbackProps {
  readonly chrome: SiteChrome;
  /** Of the page it stands on. */
  readonly path: Path;
}

/** Whether this page helped, and the way to report a mistake. Plain forms; with the script nobody leaves the page. */
export function Feedback({ chrome, path }: FeedbackProps) {
  return (
    <section class="feedback" aria-labelledby="feedback-title" data-feedback>
      <h2 id="feedback-title">这页有用吗？</h2>
      <div class="feedback-choices" data-feedback-choices>
        <form action={FEEDBACK_PATH} method="post">
          <input type="hidden" name="page" value={path} />
          <input type="hidden" name="useful" value="yes" />
          <TrapField />
          <button class="button-quiet" type="submit">
            有用
          </button>
        </form>
        <details>
          <summary class="button-quiet">没有用</summary>
          <form class="public-form" action={FEEDBACK_PATH} method="post">
            <input type="hidden" name="page" value={path} />
            <input type="hidden" name="useful" value="no" />
            <RatingFields values={{}} />
            <TrapField />
            <button class="button" type="submit">
              提交
            </button>
          </form>
        </details>
      </div>
      <p class="feedback-status" role="status" data-feedback-status />
      <p class="feedback-correction">
        <a href={correctionAddress(chrome, path)} rel="nofollow">
          内容有误？告诉我们
        </a>
      </p>
      <script src={assetAddress(chrome, 'feedback.js')} defer />
    </section>
  );
}

/** The reasons and the remark of somebody who was not helped. */
export function RatingFields({
  values,
  problem,
}: {
  readonly values: Readonly<Record<string, string>>;
  readonly problem?: string | undefined;
}) {
  const wrong =
    problem === undefined ? {} : { 'aria-describedby': 'problem-remark', 'aria-invalid': 'true' as const };
  return (
    <>
      <fieldset class="form-field">
        <legend>主要原因（可不选）</legend>
        <div class="choices">
          {ratingReasons.map((reason) => (
            <label class="choice">
              <input type="radio" name="reason" value={reason} checked={values['reason'] === reason} />
              {ratingReasonNames[reason]}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="form-field">
        <label for="field-remark">您想找什么，哪里可以改进（可不填）</label>
        <p class="form-hint" id="hint-remark">
          最多 {formLimits.remark} 个字，请不要写姓名、电话等个人信息
        </p>
        {problem !== undefined && (
          <p class="form-problem" id="problem-remark">
            {problem}
          </p>
        )}
        <textarea id="field-remark" name="remark" rows={3} maxlength={formLimits.remark} {...wrong}>
          {values['remark'] ?? ''}
        </textarea>
      </div>
    </>
  );
}
