import type { Actor } from '../../../contracts/actor.ts';
import type { BulkKind, NewBulkAct } from '../../../contracts/sites.ts';
import { AppError } from '../../platform/errors.ts';

/** Whose work it is; each resource is judged again by the act itself. */
const rolesFor: Readonly<Record<BulkKind, readonly Actor['roles'][number][]>> = {
  place: ['editor'],
  'take-off': ['editor'],
  withdraw: ['reviewer', 'principal'],
  'set-category': ['editor'],
  reuse: ['editor', 'reviewer', 'principal'],
};

const needs: Readonly<Record<BulkKind, 'columnId' | 'reason' | 'category'>> = {
  place: 'columnId',
  'take-off': 'columnId',
  withdraw: 'reason',
  'set-category': 'category',
  reuse: 'columnId',
};

const needNames = {
  columnId: '请选择栏目。',
  reason: '请写明撤回原因。',
  category: '请填写信息类别。',
} as const;

/** Refuses an order that could succeed for none, before anything is written. */
export function requireBulk(actor: Actor, order: NewBulkAct): void {
  if (!rolesFor[order.kind].some((role) => actor.roles.includes(role))) {
    throw new AppError('forbidden', 'sites.bulk-forbidden', '您的角色不能做这项批量操作。');
  }
  const need = needs[order.kind];
  if ((order[need] ?? '').trim() === '')
    throw new AppError('invalid', 'sites.bulk-incomplete', needNames[need]);
}
