import qrcode from 'qrcode-generator';

/** Light modules around the code, without which readers do not find it. */
const quiet = 4;

/** A text as a QR code: an SVG of one path, the same bytes for the same text. */
export function qrCodeSvg(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * quiet;
  let path = '';
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (!code.isDark(row, column)) continue;
      let width = 1;
      while (column + width < count && code.isDark(row, column + width)) width += 1;
      path += `M${String(column + quiet)} ${String(row + quiet)}h${String(width)}v1h-${String(width)}z`;
      column += width - 1;
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(size)} ${String(size)}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${String(size)}v${String(size)}H0z"/><path d="${path}"/></svg>\n`
  );
}
