/** Elements whose content is not text of the document: they and everything in them are left out. */
export const skippedElements: ReadonlySet<string> = new Set(
  (
    'script style noscript template head title meta link base iframe frame frameset noframes object embed applet ' +
    'param svg canvas audio video source track map area input select textarea button datalist output progress ' +
    'meter dialog xml o:officedocumentsettings w:worddocument w:latentstyles v:shapetype v:stroke v:formulas'
  ).split(' '),
);

/** Media that a reader would miss: leaving one out is worth a warning. */
export const mediaElements: ReadonlySet<string> = new Set(
  'iframe frame object embed applet audio video canvas svg'.split(' '),
);

/** Elements that end the paragraph before them and after them. */
export const blockElements: ReadonlySet<string> = new Set(
  (
    'p div section article aside header footer main nav center address details summary fieldset legend form ' +
    'figure figcaption dl dt dd li pre listing xmp hgroup h1 h2 h3 h4 h5 h6 body html caption marquee menu dir ' +
    'table tbody thead tfoot tr td th'
  ).split(' '),
);

export const listElements: ReadonlySet<string> = new Set(['ul', 'ol', 'menu', 'dir']);

export const markBits = {
  bold: 1,
  italic: 2,
  strike: 4,
  subscript: 8,
  superscript: 16,
  underline: 32,
} as const;

/** Elements that are marks by their name. */
export const markElements: ReadonlyMap<string, number> = new Map([
  ['b', markBits.bold],
  ['strong', markBits.bold],
  ['i', markBits.italic],
  ['em', markBits.italic],
  ['cite', markBits.italic],
  ['dfn', markBits.italic],
  ['var', markBits.italic],
  ['u', markBits.underline],
  ['ins', markBits.underline],
  ['s', markBits.strike],
  ['strike', markBits.strike],
  ['del', markBits.strike],
  ['sup', markBits.superscript],
  ['sub', markBits.subscript],
]);
