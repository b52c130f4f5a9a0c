import type { PagePlace } from './open-store.ts';
import type { AddressChange } from './settle-address.ts';

export interface PressSetup {
  readonly place: PagePlace;
  readonly key: Uint8Array;
}

export interface PressOrder {
  readonly id: number;
  readonly changes: readonly AddressChange[];
}

export type PressReply =
  | { readonly id: number; readonly troubles: readonly (string | null)[] }
  | { readonly id: number; readonly error: string };
