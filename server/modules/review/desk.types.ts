import type { Actor } from '../../../contracts/actor.ts';

/** Who decides, and in whose place: the delegate brings the hand, the other the right. */
export interface Seat {
  readonly actor: Actor;
  readonly onBehalfOf: Actor | null;
}

/** Who may act here: in their own right, and for those who delegated to them. */
export interface Desk {
  readonly actor: Actor;
  readonly delegators: readonly Actor[];
}
