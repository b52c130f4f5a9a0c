import { expect, test } from 'vitest';

import { nginxConfig } from './nginx-config.ts';

const config = nginxConfig({
  pagesDirectory: '/data/pages',
  staticDirectory: '/data/static',
  logDirectory: '/data/transparency',
  listen: ['80'],
  upstream: '127.0.0.1:7200',
  dynamicPaths: ['/search', '/code'],
  privatePaths: ['/code'],
});
const placeOf = (path: string): string =>
  new RegExp(`^  location = ${path} \\{\n[^}]*\\}`, 'm').exec(config)?.[0] ?? '';

test('the web server keeps no log of addresses that only the one who asks should know', () => {
  expect(placeOf('/code')).toContain('access_log off;');
  expect(placeOf('/search')).toContain('proxy_pass');
  expect(placeOf('/search')).not.toContain('access_log');
});
