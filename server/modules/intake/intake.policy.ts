import type { Actor } from '../../../contracts/actor.ts';
import type { ImportAction, ImportMode, ImportStage } from '../../../contracts/intake.ts';

/** Drafts are an editor's work; an archive goes public at once and is brought in by operators. */
export function canImport(actor: Actor, unitId: string, mode: ImportMode): boolean {
  if (mode === 'archive') return actor.roles.includes('operator');
  return (
    actor.roles.includes('editor') && actor.scope.kind === 'units' && actor.scope.unitIds.includes(unitId)
  );
}

export interface ImportState {
  readonly stage: ImportStage;
  /** Records were brought in already. */
  readonly hasRun: boolean;
}

const open: Readonly<Record<ImportStage, readonly ImportAction[]>> = {
  inspecting: ['cancel'],
  ready: ['map', 'check', 'cancel'],
  checking: ['cancel'],
  checked: ['map', 'check', 'run', 'cancel'],
  running: ['cancel'],
  done: [],
  failed: [],
  cancelled: [],
};

/** What may be done next, whoever does it. What was stopped in the middle of its run can be gone on with. */
export function actionsAt({ stage, hasRun }: ImportState): readonly ImportAction[] {
  return stage === 'cancelled' && hasRun ? ['run'] : open[stage];
}

/** Where stopping leads: a dry run is only broken off, everything else ends. */
export function stageAfterCancel(stage: ImportStage): ImportStage {
  return stage === 'checking' ? 'ready' : 'cancelled';
}
