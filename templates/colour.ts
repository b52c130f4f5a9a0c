export type Rgb = readonly [number, number, number];

export const WHITE: Rgb = [255, 255, 255];

const STEP = 0.04;
const HEX = /^#[0-9a-f]{6}$/i;

/** WCAG 2 contrast: 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2 contrast of two `#rrggbb` colours. */
export function contrastOf(one: string, other: string): number {
  return contrast(parseColour(one) ?? WHITE, parseColour(other) ?? WHITE);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

export function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  const blend = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [blend(colour[0], other[0]), blend(colour[1], other[1]), blend(colour[2], other[2])];
}

/** One step nearer to black. */
export function darken(colour: Rgb): Rgb {
  return mix(colour, [0, 0, 0], STEP);
}

export function parseColour(text: string): Rgb | undefined {
  if (!HEX.test(text)) return undefined;
  const channel = (at: number) => Number.parseInt(text.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

export function writeColour(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
