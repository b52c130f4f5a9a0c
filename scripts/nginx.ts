// npm run nginx [-- --listen 80 --redirects --brotli --certificate FILE --key FILE]: prints the nginx configuration of the public sites.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { loadConfig } from '../server/config.ts';
import { dynamicPaths, privatePaths } from '../server/dynamic-paths.ts';
import { nginxConfig } from '../server/modules/publishing/index.ts';

const { values } = parseArgs({
  options: {
    listen: { type: 'string', multiple: true },
    redirects: { type: 'boolean', default: false },
    brotli: { type: 'boolean', default: false },
    certificate: { type: 'string' },
    key: { type: 'string' },
  },
});
const { certificate, key } = values;
if ((certificate === undefined) !== (key === undefined)) {
  process.stderr.write('--certificate and --key belong together\n');
  process.exit(2);
}
const config = loadConfig(process.env);
const dataDirectory = resolve(config.dataDirectory);
const ports = certificate === undefined ? ['80', '[::]:80'] : ['443 ssl', '[::]:443 ssl'];
process.stdout.write(
  nginxConfig({
    pagesDirectory: join(dataDirectory, 'pages'),
    staticDirectory: join(dataDirectory, 'static'),
    logDirectory: join(dataDirectory, 'transparency'),
    listen: values.listen ?? ports,
    dynamicPaths,
    privatePaths,
    upstream: `${['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host}:${String(config.publicPort)}`,
    ...(values.redirects ? { mapDirectory: join(dataDirectory, 'nginx') } : {}),
    brotli: values.brotli,
    ...(certificate !== undefined && key !== undefined ? { tls: { certificate, key } } : {}),
  }),
);
