export { canReadRecord } from './entry.policy.ts';
export { entryRoutes as auditRoutes } from './entry.routes.ts';
export { recordEntry } from './record-entry.ts';
export { verifyChain } from './verify-chain.ts';
export { auditKeptColumns } from './kept-unit-columns.ts';
