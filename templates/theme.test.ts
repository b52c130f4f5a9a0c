import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrastOf, renderThemeStylesheet } from './theme.ts';

const WHITE = '#ffffff';
const SURFACE = '#f4f6f9';

function propertiesOf(stylesheet: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [, name = '', colour = ''] of stylesheet.matchAll(/(--[a-z-]+): (#[0-9a-f]{6});/g)) {
    properties[name] = colour;
  }
  return properties;
}

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the theme of a site', () => {
  test('keeps text readable on every ground, whatever colours are chosen', () => {
    fc.assert(
      fc.property(colours, colours, (primary, accent) => {
        const theme = propertiesOf(renderThemeStylesheet({ primary, accent }));
        for (const name of ['--primary', '--accent']) {
          const colour = theme[name] ?? '';
          expect(contrastOf(colour, WHITE)).toBeGreaterThanOrEqual(4.5);
          expect(contrastOf(colour, SURFACE)).toBeGreaterThanOrEqual(4.5);
          expect(contrastOf(colour, theme[`${name}-tint`] ?? '')).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrastOf(theme['--primary-dark'] ?? '', WHITE)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 500 },
    );
  });

  test('leaves a colour that is readable as it is', () => {
    expect(propertiesOf(renderThemeStylesheet({ primary: '#0b5cad' }))['--primary']).toBe('#0b5cad');
  });

  test('uses the main colour where no accent is chosen, so that there are no more than two', () => {
    const theme = propertiesOf(renderThemeStylesheet({ primary: '#7a1f1f' }));
    expect(theme['--accent']).toBe(theme['--primary']);
  });

  test('writes nothing of a value that is not a colour into the style sheet', () => {
    const stylesheet = renderThemeStylesheet({ primary: 'red;} body{display:none', accent: '#zzzzzz' });
    expect(stylesheet).toBe(renderThemeStylesheet({ primary: '#0b5cad' }));
  });
});
