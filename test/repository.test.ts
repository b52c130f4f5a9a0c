import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';

import { describe, expect, it } from 'vitest';

import { connectionsOfWorker } from '../server/platform/advisory-lock.ts';
import { sourceFiles, trackedFiles } from './tracked-files.ts';

const files = trackedFiles();
const sources = sourceFiles();
const read = (file: string): string => readFileSync(file, 'utf8');
const isTest = (file: string): boolean => /\.(?:test|e2e)\.tsx?$/.test(file);
/** The files of which a sentence is not true. */
const except = (list: readonly string[], isFine: (file: string) => boolean) =>
  list.filter((file) => !isFine(file));

describe('names of files', () => {
  it('are in kebab-case, with dots only before their suffixes', () => {
    const name = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
    const strange = /(?:^|\/)(?:[A-Z]+(?:\.zh-CN)?\.md|LICENSE|\.[a-z].*|.*\.png)$/;
    expect(except(files, (file) => strange.test(file) || name.test(basename(file)))).toEqual([]);
  });

  it('hold no word that says nothing', () => {
    const empty = /(?:^|[/.-])(?:utils?|helpers?|common|misc|manager|base|impl)(?:[/.-]|$)/;
    expect(sources.filter((file) => empty.test(file.replace('10-base.css', '')))).toEqual([]);
  });

  it('say in a module what the file may do', () => {
    const suffixes =
      /^[a-z0-9-]+(?:\.(?:queries|rules|policy|routes|jobs|pages|presenter|types))?(?:\.db)?(?:\.test)?\.ts$/;
    const inModules = files.filter((file) => /^server\/modules\/[^/]+\/.+\.ts$/.test(file));
    expect(except(inModules, (file) => suffixes.test(basename(file)))).toEqual([]);
    expect(inModules.filter((file) => file.split('/').length > 4)).toEqual([]);
  });

  it('begin in a module with what it is and its door', () => {
    const missing = readdirSync('server/modules').flatMap((module) =>
      ['README.md', 'index.ts']
        .map((file) => `server/modules/${module}/${file}`)
        .filter((file) => !existsSync(file)),
    );
    expect(missing).toEqual([]);
  });

  it('say of a test what it needs', () => {
    const needsDatabase = /\baDatabase\(|\binject\('databaseServer'\)/;
    const tests = sources.filter((file) => isTest(file) && !file.endsWith('.e2e.ts'));
    const wrong = tests.filter((file) => needsDatabase.test(read(file)) && !file.endsWith('.db.test.ts'));
    expect(wrong.filter((file) => file !== 'test/repository.test.ts')).toEqual([]);
  });

  it('of a migration say when, whose and what', () => {
    const name = /^migrations\/\d{12}-[a-z]+-[a-z-]+\.sql$/;
    const migrations = files.filter((file) => file.startsWith('migrations/'));
    expect(except(migrations, (file) => name.test(file))).toEqual([]);
    expect(migrations.filter((file) => !read(file).startsWith('--'))).toEqual([]);
  });
});

describe('what stands in files', () => {
  it('names each lock of the database once: two works with one number would wait for each other', () => {
    const numbers = sources
      .filter((file) => file.startsWith('server/') && !isTest(file))
      .flatMap((file) => [...read(file).matchAll(/\b7_246_\d{3}\b/g)].map(([number]) => number));
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
    // The rest is for pages, events and whoever else works.
    expect(connectionsOfWorker - numbers.length).toBeGreaterThan(8);
  });

  it('is at most 400 lines, in tests 600', () => {
    // Outsiders take it along as one file.
    const alone = 'scripts/verify-transparency.mjs';
    const long = except(sources, (file) => file === alone).filter(
      (file) => read(file).trimEnd().split('\n').length > (isTest(file) ? 600 : 400),
    );
    expect(long).toEqual([]);
  });

  it('leaves nothing for later, and no test out', () => {
    const later = new RegExp(
      String.raw`\b(?:it|test|describe)\.(?:on${'ly'}|sk${'ip'}|to${'do'})\b|\b(?:TO${'DO'}|FIX${'ME'}|XX${'X'})\b`,
    );
    expect(sources.filter((file) => later.test(read(file)))).toEqual([]);
  });

  it('names no place that only one machine has', () => {
    const words = [
      'work/main',
      'work/shared',
      'work/notes',
      'work/.library',
      'npm' + 'mirror',
      'registry.npm' + 'js',
    ];
    const local = new RegExp(words.map((word) => word.replaceAll('.', '\\.')).join('|'));
    const own = 'test/repository.test.ts';
    expect(files.filter((file) => file !== own && !file.endsWith('.png') && local.test(read(file)))).toEqual(
      [],
    );
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  it('exports nothing by default but configurations', () => {
    const allowed = /(?:^|\/)(?:[a-z]+\.config\.[jt]s|[a-z]+\.setup\.ts)$/;
    expect(sources.filter((file) => !allowed.test(file) && /^export default /m.test(read(file)))).toEqual([]);
  });

  it('imports with the ending of the file', () => {
    const bare = /(?:from|import\() ?'(\.\.?\/[^']+)'/g;
    const wrong = sources
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) =>
        [...read(file).matchAll(bare)]
          .filter(([, path = '']) => !/\.(?:tsx?|css|json|mjs)$/.test(path))
          .map(([text]) => `${file}: ${text}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('what the documents promise', () => {
  const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

  it('is a command that exists', () => {
    const commands = files
      .filter((file) => file.endsWith('.md') || file === '.ci/run')
      .flatMap((file) =>
        [...read(file).matchAll(/\bnpm (?:run )?(start|test|[a-z]+:[a-z]+|run [a-z:-]+)/g)].map(
          ([, name = '']) => `${file}: ${name.replace('run ', '')}`,
        ),
      );
    expect(commands.filter((one) => !Object.hasOwn(scripts, one.split(': ')[1] ?? ''))).toEqual([]);
    for (const readme of ['README.md', 'README.zh-CN.md']) {
      expect(read(readme)).toContain('npm start');
      expect(read(readme)).toContain('npm test');
    }
    expect(read('.ci/run')).toContain('npm test');
  });

  it('is a file that exists', () => {
    const links = files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...read(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(([, to = '']) => ({
          file,
          to,
        })),
      );
    const broken = links.filter(({ file, to }) => !existsSync(normalize(join(dirname(file), decodeURI(to)))));
    expect(broken.map(({ file, to }) => `${file}: ${to}`)).toEqual([]);
  });

  it('is a script that exists', () => {
    const named = Object.values(scripts).flatMap((text) =>
      [...text.matchAll(/[\w/-]+\.(?:ts|mjs)\b/g)].map(([file]) => file),
    );
    expect(except(named, existsSync)).toEqual([]);
  });
});
