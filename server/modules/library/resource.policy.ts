import type { Actor } from '../../../contracts/actor.ts';
import type { ResourceAction } from '../../../contracts/library.ts';
import { allowsDeed, type Deed, type ResourceState } from './resource.rules.ts';

/** The actor writes this unit's content: an editor of the unit or of one above it. */
export function canEdit(actor: Actor, unitId: string): boolean {
  return actor.roles.includes('editor') && actsFor(actor, unitId);
}

/**
 * An upload says nothing to anybody until something shows it: editors bring pictures for their texts, operators the
 * logo and the banner of a unit's site.
 */
export function canUpload(actor: Actor, unitId: string): boolean {
  return canEdit(actor, unitId) || actor.roles.includes('operator');
}

/** The actor answers for this unit's content: its reviewers and its principal may take something down. */
export function canWithdraw(actor: Actor, unitId: string): boolean {
  return (actor.roles.includes('principal') || actor.roles.includes('reviewer')) && actsFor(actor, unitId);
}

/** The digital centre takes down what must not stand, whosever it is; it writes nothing in its place. */
export function canTakeDown(actor: Actor): boolean {
  return actor.roles.includes('operator');
}

/** Unit roles reach the own unit and those below it; a platform role writes no content. */
function actsFor(actor: Actor, unitId: string): boolean {
  return actor.scope.kind === 'units' && actor.scope.unitIds.includes(unitId);
}

const editorDeeds: readonly (readonly [ResourceAction, Deed])[] = [
  ['edit', 'save'],
  ['submit', 'submit'],
  ['discard', 'discard'],
  ['restore', 'restore'],
  ['schedule', 'schedule'],
  ['place', 'place'],
];

/** Everything the actor may do with the resource now, for the server to ask and the console to draw. */
export function allowedActions(actor: Actor, unitId: string, state: ResourceState): ResourceAction[] {
  const actions: ResourceAction[] = [];
  if (canEdit(actor, unitId)) {
    actions.push(...editorDeeds.filter(([, deed]) => allowsDeed(state, deed)).map(([action]) => action));
  }
  if (canTakeDown(actor) && allowsDeed(state, 'withdraw')) actions.push('take-down');
  if (!canWithdraw(actor, unitId)) return actions;
  if (allowsDeed(state, 'withdraw')) actions.push('withdraw');
  // An expiry is a withdrawal with an hour.
  const maySchedule = state.hasLiveRevision && allowsDeed(state, 'schedule');
  if (maySchedule && !actions.includes('schedule')) actions.push('schedule');
  return actions;
}
