import type { Actor } from '../../../contracts/actor.ts';
import type { CorrectionAction, CorrectionState } from '../../../contracts/interaction.ts';
import { AppError } from '../../platform/errors.ts';

const answering = ['responder', 'editor', 'principal'] as const;

/** Unit roles reach the own unit and those below it; a platform role answers no citizen in a unit's name. */
export function canAnswer(actor: Actor, unitId: string): boolean {
  if (actor.scope.kind !== 'units' || !actor.scope.unitIds.includes(unitId)) return false;
  return answering.some((role) => actor.roles.includes(role));
}

/** An operator may put right where a correction went, as when the unit is no more. */
export function canTransfer(actor: Actor, unitId: string): boolean {
  return canAnswer(actor, unitId) || actor.roles.includes('operator');
}

export interface CorrectionFacts {
  readonly unitId: string;
  readonly state: CorrectionState;
}

export function actionsFor(actor: Actor, { unitId, state }: CorrectionFacts): CorrectionAction[] {
  if (state !== 'open') return [];
  return [
    ...(canAnswer(actor, unitId) ? (['answer'] as const) : []),
    ...(canTransfer(actor, unitId) ? (['transfer'] as const) : []),
  ];
}

/** Throws when the actor may see the correction but not do this. */
export function requireAction(actor: Actor, facts: CorrectionFacts, action: CorrectionAction): void {
  const may = action === 'answer' ? canAnswer : canTransfer;
  if (!may(actor, facts.unitId)) {
    throw new AppError(
      'forbidden',
      'interaction.responder-required',
      '只有责任单位的办理员、信息员或签发人可以办理。',
    );
  }
  if (facts.state !== 'open') {
    throw new AppError('conflict', 'interaction.answered-already', '这条纠错已经办结，请刷新后查看。');
  }
}

/** Who hands corrections on must know the names of units; nobody else needs this list. */
export function canSeeAnsweringUnits(actor: Actor): boolean {
  return actor.roles.includes('operator') || answering.some((role) => actor.roles.includes(role));
}

export function requireOperator(actor: Actor): void {
  if (actor.roles.includes('operator') || actor.kind === 'system') return;
  throw new AppError('forbidden', 'interaction.operator-required', '只有运维人员可以调整办理时限。');
}
