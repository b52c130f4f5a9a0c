import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly bytes: Buffer;
  readonly location: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** A plain request, as a crawler makes it. The name goes into the Host header: not every system resolves *.localhost. */
export async function get(url: string, more: OutgoingHttpHeaders = {}): Promise<Answer> {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((done, failed) => {
    const asked = request(
      { host: '127.0.0.1', port, path: pathname + search, headers: { host, ...more } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', failed);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          done({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            text: bytes.toString(),
            bytes,
            location: response.headers.location,
            headers: response.headers,
          });
        });
      },
    );
    asked.on('error', failed);
    asked.end();
  });
}
