import type { PublishingEngine } from './publishing-engine.ts';

/** Writes which site answers for which host, for public servers that run without the database. */
export async function writeHosts(engine: PublishingEngine): Promise<void> {
  if (engine.hosts === undefined) return;
  const table = Object.entries(await engine.hosts(engine.db)).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const bytes = Buffer.from(`${JSON.stringify(Object.fromEntries(table), null, 2)}\n`);
  if ((await engine.store.readHosts())?.equals(bytes) !== true) await engine.store.putHosts(bytes);
  await engine.store.linkHosts(Object.fromEntries(table));
}
