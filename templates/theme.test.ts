import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrastOf } from './colour.ts';
import { renderThemeStylesheet } from './theme.ts';

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
  test('leaves a colour that is readable as it is', () => {
    expect(propertiesOf(renderThemeStylesheet({ primary: '#0b5cad' }))['--primary']).toBe('#0b5cad');
  });

  test('darkens a colour no further than it must', () => {
    fc.assert(
      fc.property(colours, (primary) => {
        const theme = propertiesOf(renderThemeStylesheet({ primary }));
        const reached = contrastOf(theme['--primary'] ?? '', theme['--primary-tint'] ?? '');
        if (theme['--primary'] !== primary) expect(reached).toBeLessThan(5.5);
      }),
      { numRuns: 300 },
    );
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
