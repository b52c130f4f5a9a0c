/** Whoever decided, and in whose place. */
export function personShown(name: string, onBehalfOfName: string | null): string {
  return onBehalfOfName === null ? name : `${name}（代${onBehalfOfName}）`;
}
