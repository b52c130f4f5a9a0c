import { type Static, Type } from 'typebox';

import { Closed } from './endpoint.ts';

/** A stretch of a text, and whether it is what was looked for. */
export const TextSegment = Closed({ text: Type.String(), hit: Type.Boolean() });
export type TextSegment = Static<typeof TextSegment>;
