export { changeKey, createKey, revokeKey } from './keep-keys.ts';
export { createKeyDoor, type KeyDoor, type KeyDoorParts } from './key-door.ts';
export { exchangeRoutes } from './key.routes.ts';
export { viewOf } from './key-view.ts';
export { mountExchange, type OpenExchangeParts, prepareExchange } from './open-exchange.routes.ts';
export { readChangeCursor, writeChangeCursor } from './open-cursor.rules.ts';
export { presentChanges } from './read-changes.ts';
export { exchangeHoldings } from './unit-holdings.ts';
