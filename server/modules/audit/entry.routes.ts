import { auditApi } from '../../../contracts/audit.ts';
import type { Routes } from '../../platform/http.ts';
import { requireRecordReader } from './entry.policy.ts';
import { listEntries } from './list-entries.ts';
import { noteVerification } from './note-verification.ts';
import { verifyChain } from './verify-chain.ts';

export const entryRoutes: Routes = (mount, tools) => {
  mount(auditApi.listEntries, ({ caller, query }) =>
    tools.consult(caller, 'audit.list-entries', (reader) => listEntries(reader, query)),
  );
  mount(auditApi.verifyChain, async ({ caller }) => {
    const report = await tools.consult(caller, 'audit.verify-chain', async ({ db, actor }) => {
      requireRecordReader(actor);
      return verifyChain(db);
    });
    return tools.perform(caller, noteVerification, report);
  });
};
