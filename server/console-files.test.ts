import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { serveConsoleFiles } from './console-files.ts';
import { createHttp, type Http } from './platform/http.ts';
import { createLog } from './platform/log.ts';

describe('the files of the console', () => {
  const root = mkdtempSync(join(tmpdir(), 'jiyue-console-'));
  let app: Http;
  beforeAll(async () => {
    mkdirSync(join(root, 'console', 'assets'), { recursive: true });
    mkdirSync(join(root, 'static'));
    writeFileSync(join(root, 'secret.txt'), 'secret');
    writeFileSync(join(root, 'console', 'index.html'), '<!doctype html><title>console</title>');
    writeFileSync(join(root, 'console', 'assets', 'main-1.js'), 'void 0');
    writeFileSync(join(root, 'static', 'site.css'), 'a{}');
    app = createHttp({ log: createLog({ level: 'silent', pretty: false }) });
    await serveConsoleFiles(app, {
      consoleDirectory: join(root, 'console'),
      assetsDirectory: join(root, 'static'),
    });
    await app.ready();
  });
  afterAll(async () => {
    await app.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('are framed by nobody else, run only what is theirs, and are what they say', async () => {
    for (const url of [
      '/',
      '/resources/1',
      '/assets/main-1.js',
      '/static/site.css',
      '/api/openapi.json',
      '/api/none',
    ]) {
      const { headers } = await app.inject(url);
      expect(headers, url).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'same-origin',
      });
      const policy = String(headers['content-security-policy']);
      expect(policy, url).toContain("default-src 'self'");
      expect(policy, url).toContain("frame-ancestors 'self'");
      expect(policy, url).not.toContain('script-src');
    }
    const reference = await app.inject('/api/reference/');
    expect(reference.headers['content-security-policy']).toContain("frame-ancestors 'self'");
  });

  it.each([
    '/static/../secret.txt',
    '/static/%2e%2e/secret.txt',
    '/static/..%2fsecret.txt',
    '/static/..%5csecret.txt',
    '/static/%252e%252e%252fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets//etc/passwd',
    '/assets/%00',
    '/%2e%2e/secret.txt',
  ])('do not lead out of their folder by %s', async (url) => {
    const answer = await app.inject(url);
    expect(answer.body).not.toBe('secret');
    expect(answer.body).not.toContain('root:');
    expect(answer.statusCode).toBeLessThan(500);
  });

  it('answer an unknown address of the interface as the interface does', async () => {
    const answer = await app.inject('/api/none');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'request.not-found' });
  });

  it('list no folder', async () => {
    for (const url of ['/static/', '/assets/']) {
      expect((await app.inject(url)).body, url).not.toContain('site.css');
    }
  });
});
