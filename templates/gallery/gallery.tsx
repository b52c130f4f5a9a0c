import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { renderComponentExamples } from '../components/component-examples.ts';
import { renderPageExamples } from '../pages/page-examples.ts';
import { givePrefix } from './give-prefix.ts';

/** As the islands put them on the root element. */
const MODES = [
  { name: '普通', className: '', suffix: '' },
  { name: '长者模式', className: 'elder', suffix: '.elder' },
  { name: '黑底黄字', className: 'contrast', suffix: '.contrast' },
  { name: '白底黑字', className: 'contrast-light', suffix: '.contrast-light' },
] as const;

interface Sheet {
  readonly title: string;
  readonly file: string;
  readonly html: string;
}

/**
 * Every component in every state and every page, in every mode, by file name; `index.html` leads to all. Addresses are
 * relative, so that the folder can be opened where it lies.
 */
export function renderGallery(): ReadonlyMap<string, string> {
  const components = [...renderComponentExamples()].map(([name, states]) => componentSheet(name, states));
  const pages = [...renderPageExamples()].map(([title, html]) => ({ title, file: fileNameOf(title), html }));
  const files = new Map([['index.html', renderIndex(components, pages)]]);
  for (const sheet of [...components, ...pages]) {
    for (const mode of MODES)
      files.set(`${sheet.file}${mode.suffix}.html`, inMode(sheet.html, mode.className));
  }
  return files;
}

function fileNameOf(title: string): string {
  return `page-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}

function componentSheet(name: string, states: ReadonlyMap<string, string>): Sheet {
  return {
    title: name,
    file: `component-${name}`,
    html: renderSheet(
      name,
      <main id="main" class="wrap" tabindex={-1}>
        <h1>{name}</h1>
        {[...states].map(([state, html], index) => (
          <section aria-label={state} lang="zh-CN">
            <p class="gallery-state" lang="en">
              {state}
            </p>
            <div
              class="gallery-example"
              dangerouslySetInnerHTML={{ __html: givePrefix(html, `s${index}-`) }}
            />
          </section>
        ))}
      </main>,
    ),
  };
}

function renderIndex(components: readonly Sheet[], pages: readonly Sheet[]): string {
  return local(
    renderSheet(
      '组件与页面',
      <main id="main" class="wrap" tabindex={-1}>
        <h1>组件与页面</h1>
        <SheetList title="页面" sheets={pages} />
        <SheetList title="组件" sheets={components} />
      </main>,
    ),
  );
}

function SheetList({ title, sheets }: { title: string; sheets: readonly Sheet[] }) {
  return (
    <>
      <h2>{title}</h2>
      <ul class="gallery-list">
        {sheets.map((sheet) => (
          <li>
            <span lang="en">{sheet.title}</span>
            {MODES.map((mode) => (
              <a href={`${sheet.file}${mode.suffix}.html`}>{mode.name}</a>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function renderSheet(title: string, content: ComponentChildren): string {
  const body = renderToString(
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/static/site.css" />
        <link rel="stylesheet" href="/theme.css" />
        <link rel="stylesheet" href="/static/gallery.css" />
        <script src="/static/site.js" defer />
      </head>
      <body>{content}</body>
    </html>,
  );
  return `<!doctype html>\n${body}\n`;
}

function inMode(html: string, className: string): string {
  return local(html).replace(
    '<html lang="zh-CN">',
    `<html lang="zh-CN" class="${`js ${className}`.trim()}">`,
  );
}

/** What lies beside the sheets is found there; the other addresses lead to pages that a gallery does not have. */
function local(html: string): string {
  return html
    .replace(/\bsrc="\/qr\.svg\?[^"]*"/g, 'src="files/qr.svg"')
    .replace(/\b(src|href|poster)="\/((?:static|files)\/[^"?]+|theme\.css)(?:\?[^"]*)?"/g, '$1="$2"');
}
