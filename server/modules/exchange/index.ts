export { changeKey, createKey, revokeKey } from './keep-keys.ts';
export { createKeyDoor, type KeyDoor, type KeyDoorParts } from './key-door.ts';
export { exchangeRoutes } from './key.routes.ts';
export { mountExchange, type OpenExchangeParts, prepareExchange } from './open-exchange.routes.ts';
