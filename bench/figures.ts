/** The value below which so large a share of the measurements lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}

export const inSeconds = (seconds: number): string => `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
export const inMilliseconds = (milliseconds: number): string =>
  `${milliseconds.toFixed(milliseconds < 1 ? 2 : milliseconds < 10 ? 1 : 0)} ms`;
export const inMegabytes = (bytes: number): string => `${withCommas(bytes / 1e6)} MB`;
export const perSecond = (value: number, unit: string): string => `${withCommas(value)} ${unit}/s`;
export const asRatio = (value: number): string => `${value.toFixed(2)} ×`;
export const asShare = (share: number): string => `${(share * 100).toFixed(1)} %`;

export function withCommas(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
