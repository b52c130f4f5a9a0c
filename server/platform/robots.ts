import { createRequire } from 'node:module';

/** What of the package is used; its own types describe a module that it is not. */
interface Robot {
  isAllowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
}
const robotsParser = createRequire(import.meta.url)('robots-parser') as (url: string, text: string) => Robot;

export interface Robots {
  allows(url: URL, signal: AbortSignal): Promise<boolean>;
  /** Milliseconds that the site asks to wait between two requests. */
  delayOf(url: URL, signal: AbortSignal): Promise<number>;
}

/** No site may make the walk last for ever. */
const longestDelay = 30_000;

/** What the sites allow, each asked once. */
export function createRobots(
  read: (url: URL, signal: AbortSignal) => Promise<string | undefined>,
  agent: string,
): Robots {
  const known = new Map<string, Robot>();
  const rulesOf = async (url: URL, signal: AbortSignal): Promise<Robot> => {
    const address = new URL('/robots.txt', url);
    const before = known.get(address.href);
    if (before !== undefined) return before;
    const rules = robotsParser(address.href, (await read(address, signal)) ?? '');
    known.set(address.href, rules);
    return rules;
  };
  return {
    allows: async (url, signal) => (await rulesOf(url, signal)).isAllowed(url.href, agent) !== false,
    delayOf: async (url, signal) =>
      Math.min(longestDelay, ((await rulesOf(url, signal)).getCrawlDelay(agent) ?? 0) * 1_000),
  };
}
