/**
 * Paths on every public site that the program answers itself, exactly as written here; all others are files. The
 * public server limits how often one address may ask for them, and the web server in front forwards them. Whoever adds
 * an answer in public.ts adds its path.
 */
export const dynamicPaths = [
  '/search',
  '/leaving',
  '/qr.svg',
  '/correction',
  '/correction/status',
  '/corrections',
  '/feedback',
  '/feedback/thanks',
  '/transparency/proof',
  '/transparency/consistency',
  '/transparency/entries',
] as const;

/** Those whose addresses may hold what only the one who asks should know, a citizen's code: no log keeps them. */
export const privatePaths: readonly string[] = ['/correction/status'];
