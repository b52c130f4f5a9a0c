import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { correctionKindNames, correctionStateNames } from '../../contracts/interaction.ts';
import {
  CORRECTION_FORM_PATH,
  CORRECTION_PATH,
  CORRECTION_STATUS_PATH,
  FEEDBACK_PATH,
  FORM_SHELL_PATH,
} from '../addresses.ts';
import { CorrectionForm } from '../components/correction-form/correction-form.tsx';
import { RatingFields } from '../components/feedback/feedback.tsx';
import { ContactDetails } from '../components/contact-details/contact-details.tsx';
import { FormField, ProblemSummary, TrapField } from '../components/form-field/form-field.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type {
  CorrectionAnswerProps,
  CorrectionFormProps,
  CorrectionStatusProps,
  FeedbackFormProps,
} from '../form-types.ts';
import type { Path, SiteChrome } from '../page-types.ts';
import { escapeHtml } from '../rich-text/escape-html.ts';

/** What the server says to a form. */
export interface FormPage {
  readonly heading: string;
  /** The heading, with a word before it when something is wrong: the first that is read aloud. */
  readonly title: string;
  readonly html: string;
}

const titleMarker = '{{title}}';
const headingMarker = '{{heading}}';
const contentMarker = '<!--form-->';

/**
 * The page around every answer to a form. It is built with the other pages of the site, so that an answer needs nothing
 * but this and its own words, also while the database is away.
 */
export function renderFormShell(
  chrome: SiteChrome,
  prepared: PreparedChrome = prepareChrome(chrome),
): string {
  const contact = renderToString(<ContactDetails chrome={chrome} />);
  return renderDocument({
    prepared,
    trail: [],
    head: {
      title: `${titleMarker} - ${chrome.name}`,
      description: chrome.name,
      path: FORM_SHELL_PATH,
      hidden: true,
    },
    content: `<div class="wrap"><nav class="breadcrumb" aria-label="当前位置"><ol><li><a href="/">首页</a></li><li><span aria-current="page">${headingMarker}</span></li></ol></nav><main id="main" class="guidance" tabindex="-1">${contentMarker}${contact}</main></div>`,
  });
}

export function fillFormShell(shell: string, { heading, title, html }: FormPage): string {
  return shell
    .replaceAll(titleMarker, () => escapeHtml(title))
    .replace(headingMarker, () => escapeHtml(heading))
    .replace(contentMarker, () => html);
}

function formPage(title: string, children: ComponentChildren, isWrong = false): FormPage {
  return {
    heading: title,
    title: isWrong ? `有误：${title}` : title,
    html: renderToString(
      <>
        <h1>{title}</h1>
        {children}
      </>,
    ),
  };
}

const isWrong = ({ problems = {}, notice }: Pick<CorrectionFormProps, 'problems' | 'notice'>): boolean =>
  notice !== undefined || Object.keys(problems).length > 0;

export function renderCorrectionForm(props: CorrectionFormProps): FormPage {
  return formPage('我为政府网站找错', <CorrectionForm {...props} />, isWrong(props));
}

export function renderFeedbackForm(props: FeedbackFormProps): FormPage {
  const { values, problems = {}, notice } = props;
  const page = values['page'] ?? '';
  return formPage(
    '这页有用吗？',
    <>
      <ProblemSummary problems={problems} notice={notice} />
      <form class="public-form" action={FEEDBACK_PATH} method="post">
        <FormField name="page" label="页面网址" problem={problems['page']}>
          {(attributes) => <input {...attributes} type="text" value={page} required />}
        </FormField>
        <fieldset class="form-field">
          <legend>您觉得</legend>
          <div class="choices">
            <label class="choice">
              <input
                id="field-useful"
                type="radio"
                name="useful"
                value="yes"
                required
                checked={values['useful'] === 'yes'}
              />
              有用
            </label>
            <label class="choice">
              <input type="radio" name="useful" value="no" required checked={values['useful'] === 'no'} />
              没有用
            </label>
          </div>
        </fieldset>
        <RatingFields values={values} problem={problems['remark']} />
        <TrapField />
        <p class="form-end">
          <button class="button" type="submit">
            提交
          </button>
        </p>
      </form>
    </>,
    isWrong(props),
  );
}

export function renderFeedbackThanks(page: Path | undefined): FormPage {
  return formPage(
    '谢谢您的反馈',
    <>
      <p>我们会据此改进页面。</p>
      {page !== undefined && (
        <ul>
          <li>
            <a href={page}>返回刚才的页面</a>
          </li>
          <li>
            页面内容有误？
            <a href={`${CORRECTION_FORM_PATH}?page=${encodeURIComponent(page)}`}>告诉我们错在哪里</a>
          </li>
        </ul>
      )}
    </>,
  );
}

export function renderCorrectionStatus(props: CorrectionStatusProps): FormPage {
  const { answer, sent = false } = props;
  if (answer && sent) return renderReceived(answer);
  return formPage(
    '纠错办理情况',
    <>
      {answer && <AnswerFacts answer={answer} />}
      <CodeForm {...props} />
    </>,
    props.problem !== undefined,
  );
}

function renderReceived(answer: CorrectionAnswerProps): FormPage {
  return formPage(
    '已经收到，谢谢您',
    <>
      <p>请记下查询码，凭它随时可以查看办理情况和答复：</p>
      <p class="query-code">
        <strong>{answer.code}</strong>
      </p>
      <AnswerFacts answer={answer} />
      <p>
        <a href={CORRECTION_STATUS_PATH}>查询办理情况</a>
      </p>
    </>,
  );
}

function AnswerFacts({ answer }: { readonly answer: CorrectionAnswerProps }) {
  return (
    <dl class="form-facts">
      <dt>办理情况</dt>
      <dd>
        <strong>{correctionStateNames[answer.state]}</strong>
        {answer.state === 'open' && answer.dueOn !== null && <>，{answer.dueOn} 前答复</>}
        {answer.answeredAt !== null && <>，{answer.answeredAt}</>}
      </dd>
      {answer.reply !== null && (
        <>
          <dt>答复</dt>
          <dd class="as-written">{answer.reply}</dd>
        </>
      )}
      <dt>办理单位</dt>
      <dd>{answer.unitName}</dd>
      <dt>反映的页面</dt>
      <dd>
        <a href={answer.page.url}>{answer.page.name}</a>
      </dd>
      <dt>错误类型</dt>
      <dd>{correctionKindNames[answer.kind]}</dd>
      <dt>您写的</dt>
      <dd class="as-written">{answer.description}</dd>
      <dt>收到日期</dt>
      <dd>{answer.reportedOn}</dd>
    </dl>
  );
}

/** By POST, so that the code stands in no address and no log. */
function CodeForm({ code, problem }: CorrectionStatusProps) {
  return (
    <>
      <ProblemSummary problems={problem === undefined ? {} : { code: problem }} />
      <form class="public-form" action={CORRECTION_STATUS_PATH} method="post">
        <FormField name="code" label="查询码" hint="提交时显示的 12 位字母和数字" problem={problem}>
          {(attributes) => (
            <input
              {...attributes}
              type="text"
              maxlength={40}
              autocomplete="off"
              value={problem === undefined ? '' : code}
              required
            />
          )}
        </FormField>
        <p class="form-end">
          <button class="button" type="submit">
            查询
          </button>
          <a href={CORRECTION_PATH}>反映新的错误</a>
        </p>
      </form>
    </>
  );
}
