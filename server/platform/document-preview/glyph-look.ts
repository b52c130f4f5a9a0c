import { createCanvas } from '@napi-rs/canvas';

/** Whether the fonts of this machine know a letter. */
export type GlyphLook = (letter: string) => boolean;

/** No character at all, and never will be: what is drawn for it is drawn for every letter that no font knows. */
const noCharacter = '\u{10ffff}';
const side = 28;

/** Draws a letter and looks at it: the list of fonts does not say which letters they have. */
export function createGlyphLook(): GlyphLook {
  const canvas = createCanvas(side, side);
  const context = canvas.getContext('2d');
  context.font = '20px sans-serif';
  const inkOf = (letter: string): Buffer => {
    context.clearRect(0, 0, side, side);
    context.fillText(letter, 2, 22);
    return Buffer.from(context.getImageData(0, 0, side, side).data);
  };
  const unknown = inkOf(noCharacter);
  return (letter) => {
    const ink = inkOf(letter);
    return !ink.equals(unknown) && ink.some((value) => value !== 0);
  };
}
