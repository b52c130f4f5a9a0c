import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ConfigError, loadConfig, variables } from './config.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

describe('the configuration', () => {
  it('is explained in .env.example, variable for variable', () => {
    const example = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8');
    const found = [...example.matchAll(/^# (.*)\n([A-Z0-9_]+)=$/gm)].map(([, meaning, name]) => [
      name,
      meaning,
    ]);
    expect(found).toEqual(Object.entries(variables));
  });

  it('with nothing set runs everything on this machine, with the demonstration', () => {
    expect(loadConfig({})).toMatchObject({
      roles: ['console', 'public', 'exchange', 'worker'],
      databaseUrl: null,
      dataDirectory: 'data',
      host: '127.0.0.1',
      demo: true,
    });
  });

  it('on a database of its own there is no demonstration unless asked for', () => {
    const DATABASE_URL = 'postgresql://localhost/jiyue';
    expect(loadConfig({ DATABASE_URL }).demo).toBe(false);
    expect(loadConfig({ DATABASE_URL, JIYUE_DEMO: '1' }).demo).toBe(true);
  });

  it('is frozen', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  it('names all problems at once', () => {
    const wrong = {
      DATABASE_URL: 'mysql://localhost/x',
      JIYUE_ROLES: 'console,baker',
      JIYUE_CONSOLE_PORT: '70000',
      JIYUE_TRUST_PROXY: 'yes',
      JIYUE_LOG_LEVEL: 'loud',
      JIYUE_UPLOAD_MEGABYTES: '1.5',
    };
    const problems = problemsOf(wrong);
    expect(problems).toHaveLength(Object.keys(wrong).length);
    for (const name of Object.keys(wrong)) {
      expect(
        problems.some((problem) => problem.startsWith(name)),
        name,
      ).toBe(true);
    }
  });

  it('takes a bucket for pages whole or not at all', () => {
    const whole = {
      JIYUE_PAGES_S3_ENDPOINT: 'https://s3.example.gov.cn',
      JIYUE_PAGES_S3_BUCKET: 'pages',
      JIYUE_PAGES_S3_ACCESS_KEY: 'key',
      JIYUE_PAGES_S3_SECRET_KEY: 'secret',
    };
    expect(loadConfig({}).pagesInS3).toBe(null);
    expect(loadConfig(whole).pagesInS3).toEqual({
      endpoint: 'https://s3.example.gov.cn',
      bucket: 'pages',
      region: 'us-east-1',
      accessKey: 'key',
      secretKey: 'secret',
    });
    expect(problemsOf({ ...whole, JIYUE_PAGES_S3_SECRET_KEY: '' })).toHaveLength(1);
    expect(problemsOf({ ...whole, JIYUE_PAGES_S3_BUCKET: 'Not a bucket' })).toHaveLength(1);
    expect(problemsOf({ JIYUE_PAGES_S3_BUCKET: 'pages' })).toHaveLength(1);
  });

  it('takes a value from a file, and says when the file is not there', () => {
    const directory = mkdtempSync(join(tmpdir(), 'jiyue-config-'));
    const file = join(directory, 'url');
    writeFileSync(file, 'postgresql://localhost/secret\n');
    expect(loadConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgresql://localhost/secret');
    rmSync(directory, { recursive: true });
    expect(problemsOf({ DATABASE_URL_FILE: file })).toEqual([expect.stringContaining('DATABASE_URL_FILE')]);
  });
});
