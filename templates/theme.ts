import type { SiteTheme } from './page-types.ts';

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
/** Links stand on this grey too (`--surface` in site.css), so it is the ground that counts. */
const SURFACE: Rgb = [244, 246, 249];
/** The law's 4.5:1 (WCAG 1.4.3), with a little to spare for rounding. */
const ENOUGH = 4.6;
const DEFAULT_PRIMARY: Rgb = [11, 92, 173];
const STEP = 0.04;
const HEX = /^#[0-9a-f]{6}$/i;

/**
 * The custom properties of a site's colours. Whatever colour a site chooses, text in it is readable on white, on
 * the grey surface and on its own tint, and white text is readable on it: it is darkened until that holds.
 */
export function renderThemeStylesheet(theme: SiteTheme): string {
  const primary = darkenUntilReadable(parseColour(theme.primary) ?? DEFAULT_PRIMARY);
  const chosenAccent = theme.accent === undefined ? undefined : parseColour(theme.accent);
  const accent = chosenAccent === undefined ? primary : darkenUntilReadable(chosenAccent);
  const properties = {
    '--primary': primary,
    '--primary-dark': mix(primary, [0, 0, 0], 0.25),
    '--primary-line': mix(primary, WHITE, 0.75),
    '--primary-tint': tintOf(primary),
    '--accent': accent,
    '--accent-tint': tintOf(accent),
  };
  const lines = Object.entries(properties).map(([name, colour]) => `  ${name}: ${writeColour(colour)};`);
  return `:root {\n${lines.join('\n')}\n}\n`;
}

/** WCAG 2 contrast of two `#rrggbb` colours. */
export function contrastOf(one: string, other: string): number {
  return contrast(parseColour(one) ?? WHITE, parseColour(other) ?? WHITE);
}

function darkenUntilReadable(colour: Rgb): Rgb {
  let readable = colour;
  while (!isReadable(readable)) readable = mix(readable, [0, 0, 0], STEP);
  return readable;
}

/** Black is readable everywhere, so darkening ends. */
function isReadable(colour: Rgb): boolean {
  const grounds = [WHITE, SURFACE, tintOf(colour)];
  return grounds.every((ground) => contrast(colour, ground) >= ENOUGH);
}

function tintOf(colour: Rgb): Rgb {
  return mix(colour, WHITE, 0.93);
}

function contrast(one: Rgb, other: Rgb): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  const blend = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [blend(colour[0], other[0]), blend(colour[1], other[1]), blend(colour[2], other[2])];
}

function parseColour(text: string): Rgb | undefined {
  if (!HEX.test(text)) return undefined;
  const channel = (at: number) => Number.parseInt(text.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

function writeColour(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
