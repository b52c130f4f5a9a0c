import { correctionKindNames, correctionKinds, formLimits } from '../../../contracts/interaction.ts';
import { CORRECTION_STATUS_PATH, CORRECTIONS_PATH } from '../../addresses.ts';
import type { CorrectionFormProps, SubjectPage } from '../../form-types.ts';
import { FieldNotes, FormField, ProblemSummary, TrapField } from '../form-field/form-field.tsx';

/** A plain POST form: complete without the script, and it comes back as it was when something is wrong. */
export function CorrectionForm({ values, problems = {}, notice, page }: CorrectionFormProps) {
  return (
    <>
      <ProblemSummary problems={problems} notice={notice} />
      <form class="public-form" action={CORRECTIONS_PATH} method="post">
        <PageField page={page} value={values['page'] ?? ''} problem={problems['page']} />
        <KindField value={values['kind'] ?? ''} problem={problems['kind']} />
        <FormField
          name="description"
          label="哪里有错，应当是什么"
          hint={`${String(formLimits.shortestDescription)} 到 ${String(formLimits.description)} 个字`}
          problem={problems['description']}
        >
          {(attributes) => (
            <textarea {...attributes} rows={5} maxlength={formLimits.description} required>
              {values['description'] ?? ''}
            </textarea>
          )}
        </FormField>
        <FormField
          name="quote"
          label="有错的原文（可不填）"
          hint="把有错的一句抄在这里，方便我们找到"
          problem={problems['quote']}
        >
          {(attributes) => (
            <input {...attributes} type="text" maxlength={formLimits.quote} value={values['quote'] ?? ''} />
          )}
        </FormField>
        <FormField
          name="contact"
          label="联系方式（可不填）"
          hint="手机号、固定电话或电子邮箱，只给办理单位看，用于核实和答复"
          problem={problems['contact']}
        >
          {(attributes) => (
            <input
              {...attributes}
              type="text"
              maxlength={formLimits.contact}
              value={values['contact'] ?? ''}
            />
          )}
        </FormField>
        <TrapField />
        <p class="form-end">
          <button class="button" type="submit">
            提交
          </button>
          <a href={CORRECTION_STATUS_PATH}>查询以前提交的</a>
        </p>
      </form>
    </>
  );
}

interface PageFieldProps {
  readonly page: SubjectPage | undefined;
  readonly value: string;
  readonly problem: string | undefined;
}

/** Opened from a page, the form knows which one is meant. */
function PageField({ page, value, problem }: PageFieldProps) {
  if (page && problem === undefined) {
    return (
      <div class="form-field">
        <p class="form-label">您要反映的页面</p>
        <p>
          <a href={page.path}>{page.name ?? page.path}</a>
        </p>
        <input type="hidden" name="page" value={page.path} />
      </div>
    );
  }
  return (
    <FormField name="page" label="页面网址" hint="在浏览器地址栏复制，须是本网站的页面" problem={problem}>
      {(attributes) => (
        <input
          {...attributes}
          type="text"
          inputmode="url"
          maxlength={formLimits.page}
          value={value}
          required
        />
      )}
    </FormField>
  );
}

function KindField({ value, problem }: { readonly value: string; readonly problem: string | undefined }) {
  return (
    <fieldset class={problem === undefined ? 'form-field' : 'form-field form-field-wrong'}>
      <legend>错误类型</legend>
      <FieldNotes name="kind" problem={problem} />
      <div class="choices">
        {correctionKinds.map((kind, index) => (
          <label class="choice">
            <input
              type="radio"
              name="kind"
              value={kind}
              required
              checked={kind === value}
              {...(index === 0 && { id: 'field-kind' })}
              {...(problem !== undefined && { 'aria-describedby': 'problem-kind' })}
            />
            {correctionKindNames[kind]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
