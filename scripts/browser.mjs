// Finds a Chromium for the browser tests, or installs one. Run alone, it prints the path.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { canAdminister, chineseFontPackage, installPackage, tellingLines } from './packages.mjs';
import { Explained, prepare, root, run, runMain, say, toolEnvironment } from './prepare.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** The path of a Chromium that starts. Tries the machine's, Playwright's, a download, the package manager. */
export async function findBrowser(node) {
  const browser = (await chosenBrowser()) ?? (await installedBrowser(node)) ?? (await installBrowser(node));
  await ensureChineseFont();
  return browser;
}

async function chosenBrowser() {
  const chosen = process.env.JIYUE_CHROMIUM;
  if (!chosen) return undefined;
  if (await starts(chosen)) return chosen;
  throw new Explained(`JIYUE_CHROMIUM names ${chosen}, which does not start as Chromium or Chrome.`);
}

async function installedBrowser(node) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...applications,
    await playwrightBrowser(node),
  ];
  for (const path of candidates) if (path && (await starts(path))) return path;
  return undefined;
}

/** Started for real: Ubuntu's chromium-browser may be a mere notice, and a download may lack libraries. */
async function starts(path) {
  if (!existsSync(path)) return false;
  const { code, output } = await run(path, ['--version'], { timeout: 30_000 });
  return code === 0 && /Chrom/.test(output);
}

async function playwrightBrowser(node) {
  const question = "process.stdout.write(require('playwright-core').chromium.executablePath())";
  const { code, output } = await run(node, ['-e', question], { env: toolEnvironment(node) });
  return code === 0 ? output : undefined; // it knows no build for some systems
}

async function installBrowser(node) {
  const tried = [];
  const attempt = async (what, work) => {
    say(`  ${what} …`);
    const { code, output } = await work();
    if (code !== 0) tried.push(`- ${what}: ${tellingLines(output)}`);
    return code === 0;
  };
  const playwright = (...args) =>
    run(node, [join(root, 'node_modules/playwright-core/cli.js'), ...args], {
      env: toolEnvironment(node),
      beat: 'the browser',
      timeout: 15 * 60_000,
    });
  if (
    await attempt("downloading Playwright's Chromium", () => playwright('install', 'chromium', '--no-shell'))
  ) {
    const found = await installedBrowser(node);
    if (found) return found;
    if (canAdminister() !== undefined) {
      await attempt('installing the libraries it needs', () => playwright('install-deps', 'chromium'));
    }
    const completed = await installedBrowser(node);
    if (completed) return completed;
    tried.push('- the downloaded Chromium does not start: system libraries are missing');
  }
  if (await attempt('installing Chromium with the package manager', () => installPackage('chromium'))) {
    const found = await installedBrowser(node);
    if (found) return found;
    tried.push('- the Chromium of the package manager does not start');
  }
  throw new Explained(
    [
      'The browser tests need Chromium or Chrome, and none could be found or installed:',
      ...tried,
      'Install one (Debian: apt-get install chromium fonts-noto-cjk), or set JIYUE_CHROMIUM to its path.',
    ].join('\n'),
  );
}

/** Without a Chinese font every character is an empty box: pages still work, pictures of them are useless. */
async function ensureChineseFont() {
  if (await hasChineseFont()) return;
  say('  installing a Chinese font …');
  const name = chineseFontPackage();
  const { code, output } = name ? await installPackage(name) : { code: 1, output: 'no package manager' };
  if (code !== 0) say(`  no Chinese font; screenshots will show boxes. (${tellingLines(output)})`);
}

async function hasChineseFont() {
  if (process.platform === 'darwin') return true;
  const { code, output } = await run('fc-list', [':lang=zh', 'family']);
  if (code === 0) return output.trim() !== '';
  return ['/usr/share/fonts', '/usr/local/share/fonts'].some((folder) => {
    if (!existsSync(folder)) return false;
    const listing = readdirSync(folder, { recursive: true }).join('\n');
    return /cjk|wqy|wenquanyi|sourcehan|droidsansfallback|uming|ukai/i.test(listing);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => say(await findBrowser(await prepare())));
}
