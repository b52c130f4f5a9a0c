import { reachOf, type UnitHolding } from '../identity/index.ts';

export const exchangeHoldings: readonly UnitHolding[] = [reachOf('exchange.access_key', '数据共享密钥')];
