/** A multipart body as a browser sends it: the fields first, then one file. */
export function formOf(
  fields: Readonly<Record<string, string>>,
  file: { readonly name: string; readonly bytes: Buffer | string; readonly type?: string },
): { readonly payload: Buffer; readonly headers: Readonly<Record<string, string>> } {
  const boundary = 'form-boundary-of-the-tests';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type ?? 'application/octet-stream'}\r\n\r\n`;
  return {
    payload: Buffer.concat([
      Buffer.from(parts.join('') + head),
      Buffer.from(file.bytes),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
