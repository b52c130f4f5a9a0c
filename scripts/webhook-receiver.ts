// npm run webhook:receiver -- --secret whsec_… [--port 7400] [--fail 500] [--hang] [--retry-after 60]
// A receiver to try webhooks with: verifies each request with the library of Standard Webhooks and prints it.
import { createServer, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';

import { Webhook } from 'standardwebhooks';

const usage = `npm run webhook:receiver -- --secret whsec_… [options]
  --secret       what the console showed; twice while a secret is being changed
  --port         where it listens (7400)
  --fail         answers with this status instead of 204: 500, 503, 410, 301 …
  --retry-after  seconds that it asks to wait, with --fail
  --hang         never answers
`;

const { values } = parseArgs({
  options: {
    secret: { type: 'string', multiple: true, default: [] },
    port: { type: 'string', default: '7400' },
    fail: { type: 'string' },
    'retry-after': { type: 'string' },
    hang: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

if (values.help || values.secret.length === 0) {
  say(usage);
  process.exit(values.help ? 0 : 2);
}

const verifiers = values.secret.map((secret) => new Webhook(secret));
const seen = new Set<string>();
const largestBody = 65_536;

function isGenuine(body: string, headers: Record<string, string>): boolean {
  return verifiers.some((verifier) => {
    try {
      verifier.verify(body, headers);
      return true;
    } catch {
      return false;
    }
  });
}

function answer(response: ServerResponse): void {
  if (values.hang) return;
  const wait = values['retry-after'];
  response.writeHead(Number(values.fail ?? '204'), wait === undefined ? {} : { 'retry-after': wait }).end();
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
    if (body.length > largestBody) request.destroy();
  });
  request.on('end', () => {
    const headers = request.headers as Record<string, string>;
    const id = headers['webhook-id'] ?? '';
    if (!isGenuine(body, headers)) {
      say(`refused ${id}: the signature is wrong, or older than five minutes`);
      response.writeHead(401).end();
      return;
    }
    // What fails is sent again, and what was taken may be: receivers know it by its id.
    say(`${seen.has(id) ? 'again' : 'new  '} ${id} ${body}`);
    seen.add(id);
    answer(response);
  });
});
server.listen(Number(values.port), '127.0.0.1', () => {
  say(`listening on http://127.0.0.1:${values.port}/`);
});
