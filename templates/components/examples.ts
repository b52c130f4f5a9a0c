import type { VNode } from 'preact';

/** Every state of a component, by what is special about it: what the tests and the gallery go through. */
export type Examples = Readonly<Record<string, VNode>>;
