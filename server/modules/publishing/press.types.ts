import type { AddressChange } from './settle-address.ts';

export interface PressSetup {
  readonly directory: string;
  readonly key: Uint8Array;
  readonly durable: boolean;
}

export interface PressOrder {
  readonly id: number;
  readonly changes: readonly AddressChange[];
}

export type PressReply =
  | { readonly id: number; readonly troubles: readonly (string | null)[] }
  | { readonly id: number; readonly error: string };
