import type { Finding } from '../../../../contracts/proofreading.ts';
import { ApiError } from '../../../lib/api-error.ts';
import type { RefusedSubmission } from './submission-dialog.tsx';

/** What the checks say against a submission, when it is they who refuse it. */
export function refusedSubmission(error: unknown): RefusedSubmission | null {
  if (!(error instanceof ApiError)) return null;
  const isBlocked = ['proofreading.blocked', 'proofreading.too-many-findings'].includes(error.code);
  if (!isBlocked && error.code !== 'proofreading.reason-missing') return null;
  const { findings } = error.details as { readonly findings: readonly Finding[] };
  return { isBlocked, title: error.title, findings };
}
