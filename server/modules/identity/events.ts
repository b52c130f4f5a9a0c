import type { Unit } from '../../../contracts/identity.ts';
import type { Event } from '../../platform/events.ts';

export const unitChanged = 'identity.unit-changed';

/** A new name touches every page of the unit, so such an event never goes before somebody's publication. */
export function unitChangedEvent(unit: Unit, renamed: boolean): Event {
  return {
    name: unitChanged,
    tags: [`unit:${unit.id}`],
    payload: { unitId: unit.id },
    priority: renamed ? 1 : 0,
  };
}
