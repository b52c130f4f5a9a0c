import { AppError } from '../../platform/errors.ts';
import { isDatabaseLost } from '../../platform/db.ts';
import type { Problem } from './item.queries.ts';

/** Errors of the machine: of its disks and of its own connections. */
const isOfMachine = (error: Error): boolean => 'syscall' in error;

/** Whether it is the trouble of the one resource at hand, and neither ours nor the platform's nor the subscription's. */
export function isItsOwn(error: unknown): boolean {
  if (error instanceof AppError) return error.kind !== 'unavailable' && !error.code.startsWith('following.');
  return error instanceof Error && !isDatabaseLost(error) && !isOfMachine(error);
}

/** What is said of a resource that could not be written for a reason that may pass. */
export function unwritten(error: unknown): Problem {
  const isKnown = error instanceof AppError;
  const message = isKnown ? error.message : '程序没有能够处理这一条，已记录，稍后再试。';
  return { code: 'write-failed', message };
}
