import { AppError } from '../../platform/errors.ts';

/** Where requests may be sent. */
export interface WebhookRules {
  /** To inner networks, too. */
  readonly allowPrivate: boolean;
  /** Without TLS, too. */
  readonly allowHttp: boolean;
}

export const defaultWebhookRules: WebhookRules = { allowPrivate: false, allowHttp: false };

/** The address as it is kept. Refuses what is none, or is not asked here. */
export function requireUrl(text: string, { allowHttp }: Pick<WebhookRules, 'allowHttp'>): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb || url.username !== '' || url.password !== '' || url.hash !== '') {
    const message = '推送地址要写完整的网址，不能含用户名、密码和 #。';
    throw new AppError('invalid', 'webhook.url-wrong', message);
  }
  if (url.protocol === 'http:' && !allowHttp) {
    throw new AppError('invalid', 'webhook.url-not-https', '推送地址必须以 https:// 开头。');
  }
  return url;
}
