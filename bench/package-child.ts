// One way of a package, alone in its process so that its memory is its own: export | import, database, assets, archive.
import { recordEntry } from '../server/modules/audit/index.ts';
import { exportPackage, importPackage, type PackageImport } from '../server/modules/packaging/index.ts';
import { createFileAssetStore } from '../server/platform/asset-store.ts';
import { systemActor } from '../server/platform/context.ts';
import { openDb } from '../server/platform/db.ts';
import { createEventBus } from '../server/platform/events.ts';
import { createRouteTools } from '../server/platform/http.ts';
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
  const bus = createEventBus({ send: async () => null }, {});
  const tools = createRouteTools({
    db,
    clock: () => new Date(),
    record: recordEntry,
    announceIn: (on, now) => bus.announceIn(on, now),
  });
  const caller = { actor: systemActor('bench'), requestId: 'bench', address: null, sessionId: null };
  const perform: PackageImport['perform'] = (command, input) => tools.perform(caller, command, input);
  return (await importPackage({ db, perform, assets, source, scans: false })).sha256;
}

const sha256 = await go();
await db.destroy();
const figures = {
  sha256,
  seconds: secondsSince(started),
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
process.stdout.write(JSON.stringify(figures));
