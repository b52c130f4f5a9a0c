export {
  changeWebhook,
  createWebhook,
  pauseWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  type WebhookSettings,
} from './keep-webhooks.ts';
export { pingWebhook } from './replay-messages.ts';
export { createWebhookRunner, type WebhookRunner } from './run-webhooks.ts';
export { defaultWebhookRules, type WebhookRules } from './webhook-url.rules.ts';
export { webhookRoutes } from './webhook.routes.ts';
export { webhookHoldings } from './unit-holdings.ts';
