/** A PDF of these objects, the first of which is its catalogue: by hand, so that a test says what is in it. */
export function pdfOf(objects: readonly string[]): Buffer {
  let text = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = text.length;
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n`;
  text += places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R >>\nstartxref\n${String(table)}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

const stream = (content: string): string =>
  `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`;

/**
 * A page for each text, as old word processors wrote them: in a Chinese font that is named and not in the file. `size`
 * is that of a page in points.
 */
export function aChinesePdf(
  pages: readonly string[],
  size: readonly [width: number, height: number] = [595, 842],
): Buffer {
  const first = 6;
  const hexOf = (text: string): string =>
    Array.from(text, (letter) => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('');
  const kids = pages.map((_, at) => `${String(first + 2 * at)} 0 R`).join(' ');
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    ...pages.flatMap((text, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(' ')}] /Contents ${String(first + 2 * at + 1)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      stream(`BT /F1 24 Tf 72 ${String(size[1] - 142)} Td <${hexOf(text)}> Tj ET`),
    ]),
  ]);
}
