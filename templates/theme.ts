import { contrast, darken, mix, parseColour, type Rgb, WHITE, writeColour } from './colour.ts';
import type { SiteTheme } from './page-types.ts';

/** The neutral and alarming grounds of `styles/00-tokens.css`, on which links stand as they do on paper. */
const SHARED_GROUNDS: readonly Rgb[] = [WHITE, [244, 246, 249], [236, 239, 242], [252, 241, 241]];
/** The law's 4.5:1 (WCAG 1.4.3), with a little to spare for rounding. */
const ENOUGH = 4.6;
const DEFAULT_PRIMARY: Rgb = [11, 92, 173];

/**
 * The custom properties of a site's colours. Whatever colours a site chooses, text in them is readable on every
 * ground that a page has, and white text is readable on them: they are darkened until that holds.
 */
export function renderThemeStylesheet(theme: Pick<SiteTheme, 'primary' | 'accent'>): string {
  const chosen = parseColour(theme.primary) ?? DEFAULT_PRIMARY;
  const [primary, accent] = darkenUntilReadable(
    chosen,
    (theme.accent === undefined ? undefined : parseColour(theme.accent)) ?? chosen,
  );
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

/** Each on the tint of the other too. Black is readable everywhere, so darkening ends. */
function darkenUntilReadable(primary: Rgb, accent: Rgb): readonly [Rgb, Rgb] {
  const grounds = [...SHARED_GROUNDS, tintOf(primary), tintOf(accent)];
  const isReadable = (colour: Rgb): boolean => grounds.every((ground) => contrast(colour, ground) >= ENOUGH);
  const wanted = [primary, accent].map((colour) => (isReadable(colour) ? colour : darken(colour)));
  const [first = primary, second = accent] = wanted;
  return first === primary && second === accent ? [primary, accent] : darkenUntilReadable(first, second);
}

function tintOf(colour: Rgb): Rgb {
  return mix(colour, WHITE, 0.93);
}
