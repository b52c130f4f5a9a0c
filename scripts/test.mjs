// `npm test`: installs what is missing, then runs every check and every test. The last line is the total.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { findBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { findNginx } from './web-server.mjs';
import { Explained, prepare, root, run, runMain, say, secondsSince, toolEnvironment } from './prepare.mjs';

const results = join(root, 'test-results');
const longest = 60 * 60_000;

await runMain(async () => {
  const start = Date.now();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const report = (name, seconds, outcome) => {
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.skipped += outcome.skipped ?? 0;
    const isGood = outcome.failed === 0;
    if (!isGood && outcome.output) say(`\n──── ${name} failed ────\n${outcome.output.trim()}\n────`);
    say(`${isGood ? '✓' : '✗'} ${name} ${describe(outcome)}${seconds}`);
    return isGood;
  };
  try {
    await runAll(report);
  } catch (error) {
    total.failed += 1;
    say(`\n${error instanceof Explained ? error.message : error.stack}`);
  }
  say(`\nfinished in ${secondsSince(start)}${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

function describe({ tests, passed, failed }) {
  if (!tests) return '';
  return failed === 0 ? `${passed} tests, ` : `${passed} tests passed, ${failed} failed, `;
}

async function runAll(report) {
  const node = await prepare();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const env = testEnvironment(node);
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  // One after another beside the tests, which wait for their database a good part of the time.
  const runChecks = async () => {
    for (const name of ['format:check', 'types', 'lint', 'boundaries']) {
      // The same command that `npm run` would run, without an npm around it.
      const check = scripts[name]
        ? await run('/bin/sh', ['-c', scripts[name]], { env, beat: name })
        : missing(name);
      const outcome =
        check.code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, output: check.output };
      report(name, check.seconds, outcome);
    }
  };
  const makeReady = async () => {
    const browser = await attempt(() => findBrowser(node));
    report(`browser ${browser.value ?? ''}`, browser.seconds, browser);
    const webServer = await attempt(findNginx);
    report(`web server ${webServer.value ?? ''}`, webServer.seconds, webServer);
    const built = await attempt(() => ensureBuilt(node));
    report('build', built.seconds, built);
    return { browser, webServer, isReady: browser.failed + webServer.failed + built.failed === 0 };
  };
  const runTests = async () => {
    const tests = await runVitest('tests', ['unit', 'dom', 'db'], { node, env });
    report('tests (unit, dom, db)', tests.seconds, tests);
  };
  const [{ browser, webServer, isReady }] = await Promise.all([runChecks().then(makeReady), runTests()]);
  if (!isReady) {
    report('browser tests', '0.0 s', { passed: 0, failed: 1, output: 'not run: see above' });
    return;
  }
  const journeys = await runVitest('journeys', ['e2e', 'e2e-alone'], {
    node,
    env: { ...env, JIYUE_CHROMIUM: browser.value, JIYUE_NGINX: webServer.value },
  });
  report('browser tests', journeys.seconds, journeys);
}

function missing(name) {
  return { code: 1, seconds: '0.0 s', output: `package.json has no script "${name}"` };
}

/** A step that prepares; it counts only when it fails. */
async function attempt(work) {
  const start = Date.now();
  try {
    const value = await work();
    return { value, seconds: secondsSince(start), passed: 0, failed: 0 };
  } catch (error) {
    const output = error instanceof Explained ? error.message : error.stack;
    return { output, seconds: secondsSince(start), passed: 0, failed: 1 };
  }
}

/** Tests must not meet the settings, least of all the database, of whoever runs them. */
function testEnvironment(node) {
  const env = toolEnvironment(node, process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' });
  for (const name of Object.keys(env)) {
    if (/^(JIYUE_(?!(CHROMIUM|NGINX)$)|DATABASE_URL|PG[A-Z]+$|NODE_ENV$)/.test(name)) delete env[name];
  }
  return env;
}

async function runVitest(name, projects, { node, env }) {
  const file = join(results, `${name}.json`);
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const { code, output, seconds } = await run(node, args, { env, beat: name, timeout: longest });
  return { ...countTests(file, code), tests: true, output, seconds };
}

function countTests(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const summary = JSON.parse(readFileSync(file, 'utf8'));
  // A file that cannot be loaded has no tests to fail, and must count all the same.
  const broken = summary.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = summary.numFailedTests + broken;
  return {
    passed: summary.numPassedTests,
    skipped: summary.numPendingTests + summary.numTodoTests,
    // An error outside every test ends the run without a failed test.
    failed: code !== 0 && failed === 0 ? 1 : failed,
  };
}
