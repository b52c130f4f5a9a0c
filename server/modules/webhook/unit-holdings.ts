import { reachOf, type UnitHolding } from '../identity/index.ts';

export const webhookHoldings: readonly UnitHolding[] = [reachOf('webhook.endpoint', '推送地址')];
