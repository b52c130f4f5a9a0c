/** What of a text its reprint rule looks at. */
export interface Reprint {
  /** What the text says of where it comes from. */
  readonly source: string;
  /** Where the original stands; undefined when it does not say, null when its type has no place to say it. */
  readonly address: string | null | undefined;
  /** What the unit that publishes it is called. */
  readonly ownNames: readonly string[];
}

const isHost = (entry: string): boolean => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(entry);

/** The host itself or one below it. */
const isBelow = (host: string, entry: string): boolean =>
  host === entry.toLowerCase() || host.endsWith(`.${entry.toLowerCase()}`);

function hostOf(address: string | null | undefined): string | undefined {
  return address && URL.canParse(address) ? new URL(address).hostname.toLowerCase() : undefined;
}

/**
 * Why a column with a list of sources does not take the text, or null. What the unit wrote itself is no reprint;
 * a reprint comes from a listed name or host, and says where the original stands.
 */
export function reprintRefusal(sources: readonly string[], text: Reprint): string | null {
  const source = text.source.trim();
  if (sources.length === 0 || text.ownNames.includes(source)) return null;
  if (text.address === undefined || text.address === '')
    return `来源为“${source}”的是转载，请填写来源网址（原文的地址）。`;
  const host = hostOf(text.address);
  const isListed = sources.some((entry) =>
    isHost(entry) ? host !== undefined && isBelow(host, entry) : entry === source,
  );
  return isListed ? null : `只转载这些来源：${sources.join('、')}；本稿来源“${source}”不在其中。`;
}
