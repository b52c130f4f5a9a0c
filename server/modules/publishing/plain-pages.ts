import { PAGE_POLICY, type RawHeaders, securityHeaders } from './cached-page.ts';

export type PlainStatus = 400 | 404 | 405 | 421 | 429 | 500 | 503;

const texts: Readonly<Record<PlainStatus, readonly [title: string, text: string]>> = {
  400: ['请求无法识别', '您输入的网址不正确，请检查后重试。'],
  404: ['页面不存在', '您访问的页面不存在，请检查网址，或返回网站首页。'],
  405: ['不支持的操作', '该页面不支持这种访问方式。'],
  421: ['网站不存在', '本平台没有这个域名的网站。'],
  429: ['请求过于频繁', '您的操作过于频繁，请稍等片刻再试。'],
  500: ['服务出错', '服务器出现错误，我们会尽快处理，请稍后再试。'],
  503: ['页面暂时无法访问', '该页面正在恢复，请稍后刷新重试。'],
};

export interface PlainPage {
  readonly body: Buffer;
  readonly headers: RawHeaders;
}

/** Answers for when no site has a page of its own to give: without style, script or picture. */
export function plainPage(status: PlainStatus): PlainPage {
  const [title, text] = texts[status];
  const body = Buffer.from(
    `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p><p><a href="/">返回首页</a></p></main></body></html>\n`,
  );
  const headers = [
    'Content-Type',
    'text/html; charset=utf-8',
    'Content-Length',
    String(body.length),
    'Cache-Control',
    'no-store',
    ...securityHeaders(PAGE_POLICY),
  ];
  if (status === 503) headers.push('Retry-After', '5');
  if (status === 429) headers.push('Retry-After', '10');
  if (status === 405) headers.push('Allow', 'GET, HEAD');
  return { body, headers };
}
