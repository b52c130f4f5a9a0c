// One way of a package, alone in its process so that its memory is its own: export | import, database, assets, archive.
import { exportPackage, importPackage } from '../server/modules/packaging/index.ts';
import { createFileAssetStore } from '../server/platform/asset-store.ts';
import { openDb } from '../server/platform/db.ts';
import { openSource } from '../server/platform/packages/package-source.ts';
import { openTarget } from '../server/platform/packages/package-target.ts';
import { secondsSince } from './figures.ts';

const [way = '', url = '', directory = '', path = ''] = process.argv.slice(2);
const db = openDb(url, { connections: 3 });
const assets = createFileAssetStore(directory);
const started = performance.now();

async function go(): Promise<string> {
  if (way === 'export') {
    const target = await openTarget(path);
    return (await exportPackage({ db, assets, target, selection: {}, now: new Date() })).sha256;
  }
  const source = await openSource(path);
  return (await importPackage({ db, assets, source, clock: () => new Date(), scans: false })).sha256;
}

const sha256 = await go();
await db.destroy();
const figures = {
  sha256,
  seconds: secondsSince(started),
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
process.stdout.write(JSON.stringify(figures));
