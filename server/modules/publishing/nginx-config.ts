import { FILE_POLICY, IMMUTABLE, PAGE_POLICY, REVALIDATE, securityHeaders } from './cached-page.ts';
import { LINKS } from './file-store.ts';
import { plainPage } from './plain-pages.ts';
import { BUCKET_BYTES, MOST_SLOTS, redirectMapNames } from './redirect-map.ts';

export interface NginxWishes {
  /** The page store's folder, as nginx sees it. */
  readonly pagesDirectory: string;
  /** What is served under /static/ on every site. */
  readonly staticDirectory: string;
  /** Where the newest head of the transparency log and its public key lie. */
  readonly logDirectory: string;
  /** Addresses to listen on, as nginx writes them: `80`, `[::]:443 ssl`. */
  readonly listen: readonly string[];
  /** Where the public server listens: `127.0.0.1:7200`. */
  readonly upstream: string;
  /** Paths that the public server answers itself; all others are files. */
  readonly dynamicPaths: readonly string[];
  /** Where the worker writes the maps of redirects; with them, nginx redirects also while the platform is down. */
  readonly mapDirectory?: string;
  /** Those of them that the access log does not keep. */
  readonly privatePaths?: readonly string[];
  /** With the module ngx_brotli. */
  readonly brotli?: boolean;
  readonly tls?: { readonly certificate: string; readonly key: string };
}

const shownInPlace = 'png|jpe?g|gif|webp|avif|mp4|webm|mp3|ogg|pdf';
const textTypes =
  'text/plain text/css text/csv text/javascript application/json application/xml application/rss+xml application/atom+xml application/feed+json image/svg+xml';
/** Feeds by the end of their address: their types are not those of their endings. */
const feedTypes = [
  ['rss.xml', 'application/rss+xml'],
  ['atom.xml', 'application/atom+xml'],
  ['feed.json', 'application/feed+json'],
] as const;

/** A text as nginx reads it; what could end or extend it is refused. */
function quoted(value: string): string {
  if (/[\p{Cc}"\\$]/u.test(value)) throw new TypeError(`not for a web server's configuration: ${value}`);
  return `"${value}"`;
}

/** The page that the public server itself would give, on one line. */
function plainText(status: 404 | 429 | 503): string {
  const text = plainPage(status).body.toString().trim().replaceAll('\n', '');
  return `'${text.replaceAll("'", '&#39;')}'`;
}

function headerLines(headers: readonly string[], indent: string): string {
  const lines: string[] = [];
  for (let at = 0; at < headers.length; at += 2)
    lines.push(`${indent}add_header ${headers[at] ?? ''} ${quoted(headers[at + 1] ?? '')} always;`);
  return lines.join('\n');
}

function movedLocation(headers: string): string {
  return `  location @moved {
${headers}
    if ($jiyue_moved) {
      return 301 $jiyue_moved;
    }
    error_page 404 /404.html;
    return 404;
  }
`;
}

/** Asked only when the program does not answer: it knows what changed since nginx last read the maps. */
function redirectMaps(directory: string | undefined): string {
  if (directory === undefined) return '';
  // A pattern, because a file that is not there yet would be an error.
  const pattern = (name: string): string => quoted(`${directory}/${name.replace('.map', '.map*')}`);
  return `map_hash_max_size ${String(MOST_SLOTS)};
map_hash_bucket_size ${String(BUCKET_BYTES)};
map $realpath_root $jiyue_site {
  "~/(?<jiyue_folder>[^/]+)$" $jiyue_folder;
}
map "$jiyue_site$uri" $jiyue_moved_path {
  default "";
  include ${pattern(redirectMapNames.paths)};
}
map "$jiyue_site$uri$is_args$args" $jiyue_moved {
  default $jiyue_moved_path;
  include ${pattern(redirectMapNames.queries)};
}
`;
}

/**
 * The part of an nginx configuration that serves the page store, for its `http` block: the same bytes under the
 * same addresses as the public server, which is asked only for what is no file. When it does not answer, all
 * published pages stay.
 */
export function nginxConfig(wishes: NginxWishes): string {
  const {
    pagesDirectory,
    staticDirectory,
    logDirectory,
    listen,
    upstream,
    dynamicPaths,
    mapDirectory,
    privatePaths = [],
    brotli = false,
    tls,
  } = wishes;
  const inPlace = securityHeaders(PAGE_POLICY);
  // The policy of a file depends on its type and stands apart.
  const ofFiles = securityHeaders(FILE_POLICY, 'file').slice(2);
  const secure = tls ? ['Strict-Transport-Security', 'max-age=31536000'] : [];
  // An address that is none after all has its own error page, though it came from an error.
  const afterMissing =
    mapDirectory === undefined
      ? '    error_page 502 504 =404 /404.html;'
      : '    recursive_error_pages on;\n    error_page 502 504 = @moved;';
  const pageHeaders = headerLines(['Cache-Control', REVALIDATE, ...inPlace, ...secure], '    ');
  return `# Made by \`npm run nginx\`. For the http block of nginx 1.18 or later.
# Sites are found by host name through the links in ${LINKS}; a new domain needs no reload.
${redirectMaps(mapDirectory)}\
map $uri $jiyue_page {
  ~/$ "\${uri}index.html";
  default $uri;
}
map $uri $jiyue_disposition {
  "~*\\.(?:${shownInPlace})$" inline;
  default attachment;
}
map $uri $jiyue_file_policy {
  "~*\\.pdf$" ${quoted("frame-ancestors 'self'")};
  default ${quoted(FILE_POLICY)};
}
map $uri $jiyue_static_age {
  "~[-.][A-Za-z0-9_-]{8,}\\.[a-z0-9]+$" ${quoted(IMMUTABLE)};
  default ${quoted('public, max-age=300')};
}
map $request_uri $jiyue_is_index {
  "~/index\\.html(?:$|\\?)" 1;
  default 0;
}
upstream jiyue_public {
  server ${upstream};
  keepalive 16;
}
limit_req_zone $binary_remote_addr zone=jiyue_dynamic:10m rate=10r/s;

server {
${listen.map((one) => `  listen ${one};`).join('\n')}
  server_name _;
${tls ? `  ssl_certificate ${quoted(tls.certificate)};\n  ssl_certificate_key ${quoted(tls.key)};\n` : ''}\
  root "${quoted(pagesDirectory).slice(1, -1)}/${LINKS}/$host";
  server_tokens off;
  absolute_redirect off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=20000 inactive=30s;
  open_file_cache_valid 1s;
  client_header_timeout 10s;
  client_max_body_size 8m;
  large_client_header_buffers 4 16k;
  charset utf-8;
  charset_types ${textTypes};
  gzip_static on;
  gzip_vary on;
${brotli ? '  brotli_static on;\n' : ''}\
  types {
    text/html html;
    text/plain txt;
    text/css css;
    text/javascript js mjs;
    application/json json;
    application/xml xml;
    image/svg+xml svg;
    image/png png;
    image/jpeg jpg jpeg;
    image/webp webp;
    image/x-icon ico;
  }
  default_type application/octet-stream;

  if (!-d $document_root) {
    return 421;
  }
  if ($jiyue_is_index) {
    rewrite ^(.*/)index\\.html$ $1 permanent;
  }
  error_page 404 /404.html;

  location / {
${pageHeaders}
    try_files $jiyue_page @missing;
  }
  # A site's own page, or a plain one.
  location = /404.html {
${pageHeaders}
    try_files $uri @not_found;
  }
  location @not_found {
    default_type text/html;
    return 404 ${plainText(404)};
  }
${feedTypes
  .map(
    ([name, type]) => `  location ~ /${name.replace('.', '\\.')}$ {
    types { }
    default_type ${type};
${pageHeaders}
    try_files $uri @missing;
  }
`,
  )
  .join('')}\
  # Notes and forms of pages are no pages.
  location ~ \\.gone$ {
    internal;
    types { }
    default_type text/html;
${pageHeaders}
  }
  location ~ \\.(?:gz|br|mac|moved)$ {
    internal;
  }
  location ~ /\\.(?!well-known/) {
    return 404;
  }

  # Uploaded files: their address states their digest, and nothing runs in them.
  location ^~ /files/ {
    gzip_static off;
    types {
      image/png png;
      image/jpeg jpg jpeg;
      image/gif gif;
      image/webp webp;
      image/avif avif;
      video/mp4 mp4;
      video/webm webm;
      audio/mpeg mp3;
      audio/ogg ogg;
      application/pdf pdf;
      text/plain txt;
      text/csv csv;
    }
    add_header Cache-Control ${quoted(IMMUTABLE)} always;
    add_header Content-Security-Policy $jiyue_file_policy always;
    add_header Content-Disposition $jiyue_disposition always;
${headerLines([...ofFiles, ...secure], '    ')}
    try_files $uri @missing;
  }
  location ^~ /static/ {
    alias "${quoted(staticDirectory).slice(1, -1)}/";
    gzip on;
    gzip_types text/css text/javascript image/svg+xml;
    add_header Cache-Control $jiyue_static_age always;
${headerLines([...inPlace, ...secure], '    ')}
  }

  # Given out without the program: what was signed is to be had at any time.
  location ^~ /.well-known/transparency/ {
    alias "${quoted(logDirectory).slice(1, -1)}/";
    default_type text/plain;
    gzip_static off;
    add_header Cache-Control "public, no-cache" always;
    add_header Access-Control-Allow-Origin "*" always;
${headerLines([...inPlace, ...secure], '    ')}
  }

${dynamicPaths
  .map(
    (path) => `  location = ${path} {
${privatePaths.includes(path) ? '    access_log off;\n' : ''}    limit_req zone=jiyue_dynamic burst=20 nodelay;
    limit_req_status 429;
    error_page 429 @too_many;
    error_page 502 504 =503 @unavailable;
    proxy_pass http://jiyue_public;
${proxyLines}
  }`,
  )
  .join('\n')}
  location @too_many {
    default_type text/html;
    add_header Cache-Control no-store always;
    add_header Retry-After 10 always;
${headerLines([...inPlace, ...secure], '    ')}
    return 429 ${plainText(429)};
  }
  location @unavailable {
    default_type text/html;
    add_header Cache-Control no-store always;
    add_header Retry-After 30 always;
${headerLines([...inPlace, ...secure], '    ')}
    return 503 ${plainText(503)};
  }
  location @missing {
    error_page 410 $jiyue_page.gone;
    if (-f $document_root$jiyue_page.gone) {
      return 410;
    }
    if (-d $document_root$uri) {
      return 301 $uri/$is_args$args;
    }
    # A moved page, an old address, or really nothing: the program knows.
    proxy_pass http://jiyue_public;
${proxyLines}
${afterMissing}
  }
${mapDirectory === undefined ? '' : movedLocation(headerLines([...inPlace, ...secure], '    '))}\
}
`;
}

const proxyLines = `    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_connect_timeout 1s;
    proxy_read_timeout 15s;`;
