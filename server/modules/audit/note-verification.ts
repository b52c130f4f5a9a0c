import type { ChainReport } from '../../../contracts/audit.ts';
import { defineCommand } from '../../platform/context.ts';
import { requireRecordReader } from './entry.policy.ts';

/** The record says when it was verified and what came out. */
export const noteVerification = defineCommand<ChainReport, ChainReport>(
  'audit.verify-chain',
  (report) => ({ kind: 'audit-record', id: null, details: { ...report } }),
  async (ctx, report) => {
    requireRecordReader(ctx.actor);
    return report;
  },
);
