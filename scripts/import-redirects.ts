// npm run import:redirects -- <file> --site <site key>
// Brings in old addresses (docs/import-format.md). Safe to run again: what is known stays.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { refusalReasons } from '../server/modules/publishing/index.ts';
import { allSites } from '../server/modules/sites/index.ts';
import { importRedirectList, textOf } from '../server/redirects.routes.ts';
import { openSystem } from './open-system.ts';

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { site: { type: 'string' }, report: { type: 'string' } },
  });
  const [file] = positionals;
  if (file === undefined || values.site === undefined) {
    process.stderr.write(
      'usage: npm run import:redirects -- <file.csv|.tsv|.jsonl> --site <site key> [--report <file>]\n',
    );
    return 2;
  }
  const { parts, close } = await openSystem();
  try {
    const site = (await allSites(parts.db)).find((one) => one.key === values.site);
    if (!site) throw new Error(`no site has the key ${values.site}`);
    const started = performance.now();
    const text = textOf(await readFile(file));
    const report = await parts.performAsSystem(importRedirectList, { siteId: site.id, text });
    const { kept, known, shortened, refused } = report;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(
      `${String(kept)} kept, ${String(known)} already there, ${String(shortened)} shortened, ${String(refused.length)} refused, ${seconds} s\n`,
    );
    for (const one of refused.slice(0, 20)) {
      process.stdout.write(`  line ${String(one.line)} ${one.from}: ${refusalReasons[one.reason]}\n`);
    }
    if (values.report !== undefined) await writeFile(values.report, `${JSON.stringify(report, null, 2)}\n`);
    return 0;
  } finally {
    await close();
  }
}

process.exitCode = await main();
