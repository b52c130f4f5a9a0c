/** `#rrggbb`, as a pattern of JSON Schema. */
export const colourPattern = '^#[0-9a-fA-F]{6}$';

/** What WCAG 2.2 AA and GB/T 37668 ask for text. */
export const enoughContrast = 4.5;

/** WCAG contrast of a colour with white, as text on it or as the ground of white text: 1 to 21. */
export function contrastWithWhite(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((one) =>
    one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
  );
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
