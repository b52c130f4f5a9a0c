import { type Ctx, defineCommand } from '../../platform/context.ts';
import { waitingDeliveries } from '../../platform/events.ts';
import {
  canonicalPath,
  importRedirects,
  publishingStatus,
  type RedirectReport,
  refusalReasons,
} from '../publishing/index.ts';
import { allSites, columnsOfSites } from '../sites/index.ts';
import { aimLists, markProblem, markRedirected, nextToRedirect, type OldAndNew } from './import.queries.ts';
import { addressOfName } from './old-address.rules.ts';
import { noteProgress, type ProjectRow } from './project.queries.ts';
import { relocationActor, type RelocationEngine } from './relocation-engine.ts';

interface Kept {
  readonly projectId: string;
  readonly siteId: string;
  readonly pages: readonly OldAndNew[];
}

/** Old addresses lead to their new pages, judged as any list of redirects is. */
export const keepAddresses = defineCommand(
  'relocation.keep-addresses',
  ({ projectId, pages }: Kept, report: RedirectReport | undefined) => ({
    kind: 'relocation',
    id: projectId,
    details: { offered: pages.length, kept: report?.kept ?? 0, refused: report?.refused.length ?? 0 },
  }),
  async (ctx: Ctx, { siteId, pages }) => {
    const sites = await allSites(ctx.db);
    const hosts = Object.fromEntries(
      sites.flatMap((site) => site.domains.map((domain) => [domain, site.id])),
    );
    const text = pages.map(({ address, target }) =>
      JSON.stringify({ from: addressOfName(address).path, to: target }),
    );
    return importRedirects(ctx.db, { site: siteId, hosts, text: text.join('\n') });
  },
);

const atOnce = 1_000;
/** A page that cannot be built is tried for ever; nobody waits longer than this for it when no other comes. */
const patience = 600_000;

export interface RedirectStep {
  readonly isDone: boolean;
  readonly redirected: number;
}

/** Makes the redirects whose new page stands by now; those that still wait are tried again. */
export async function redirectPages(engine: RelocationEngine, project: ProjectRow): Promise<RedirectStep> {
  const { db, clock } = engine;
  await aimLists(db, project.id, await columnsOfSites(db, [project.siteId]));
  const pages = await nextToRedirect(db, project.id, atOnce);
  if (pages.length === 0) return { isDone: true, redirected: 0 };
  // Asked first: what is missing although nothing was left to build then will not come.
  const isQuiet = await isAllBuilt(engine);
  // What stands at its old address needs no redirect.
  const standing = pages.filter(
    ({ address, target }) => canonicalPath(addressOfName(address).path) === target,
  );
  const others = pages.filter((page) => !standing.includes(page));
  const input = { projectId: project.id, siteId: project.siteId, pages: others };
  const report = await engine.performAsSystem(keepAddresses, input, { actor: relocationActor });
  const refused = new Map(report.refused.map(({ line, reason }) => [others[line - 1]?.id, reason]));
  const done = [...standing, ...others.filter(({ id }) => !refused.has(id))].map(({ id }) => id);
  await markRedirected(db, done, clock());
  const missing: string[] = [];
  for (const [id, reason] of refused) {
    if (id === undefined) continue;
    if (reason === 'to-missing') missing.push(id);
    else await markProblem(db, [id], 'redirect-refused', refusalReasons[reason]);
  }
  if (isQuiet && missing.length > 0) await markProblem(db, missing, 'target-missing', null);
  else if (done.length > 0 || missing.length === 0) await noteProgress(db, project.id, clock());
  else await giveUpWaiting(engine, project, missing);
  return { isDone: false, redirected: pages.length - missing.length };
}

async function isAllBuilt({ db }: RelocationEngine): Promise<boolean> {
  if ((await waitingDeliveries(db)) > 0) return false;
  const { dirty } = await publishingStatus(db);
  return dirty['0'] + dirty['1'] === 0;
}

async function giveUpWaiting(
  { db, clock }: RelocationEngine,
  { progressAt }: ProjectRow,
  missing: readonly string[],
): Promise<void> {
  if (progressAt === null || clock().getTime() - progressAt.getTime() < patience) return;
  await markProblem(db, missing, 'target-missing', null);
}
