import { type NewRelocation, type RelocationLimits, startingRules } from '../../../contracts/relocation.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireUnitInBeing, requireUnitInScope, unitsById } from '../identity/index.ts';
import { allSites } from '../sites/index.ts';
import { hostIn } from './old-address.rules.ts';
import { insertProject, type ProjectRow } from './project.queries.ts';
import { requireOperator } from './relocation.policy.ts';
import { requireProject } from './require-project.ts';

export const usualLimits: RelocationLimits = { pages: 200_000, depth: 30, pace: 500 };

/** Begins to bring in an old site; nothing is read yet. */
export const createProject = defineCommand(
  'relocation.create-project',
  (input: NewRelocation, result: ProjectRow | undefined) => ({
    kind: 'relocation',
    id: result?.id ?? null,
    unitId: input.unitId,
    details: { hosts: input.hosts, source: input.source },
  }),
  async (ctx: Ctx, input): Promise<ProjectRow> => {
    requireOperator(ctx.actor);
    requireUnitInScope(ctx.actor, input.unitId);
    if (!(await unitsById(ctx.db, [input.unitId])).has(input.unitId)) {
      throw new AppError('not-found', 'identity.unit-not-found', '没有这个单位。');
    }
    await requireUnitInBeing(ctx.db, input.unitId);
    if (!(await allSites(ctx.db)).some((site) => site.id === input.siteId)) {
      throw new AppError('not-found', 'sites.site-not-found', '没有这个站点。');
    }
    const hosts = [...new Set(input.hosts.map(requireHost))];
    const startAddresses = startOf(input, hosts);
    const id = await insertProject(
      ctx.db,
      { ...input, hosts, startAddresses, rules: startingRules, limits: usualLimits },
      ctx.now,
    );
    return requireProject(ctx.db, id);
  },
);

function requireHost(text: string): string {
  const host = hostIn(text);
  if (host !== undefined) return host;
  throw new AppError('invalid', 'relocation.host-invalid', `不是域名：${text.slice(0, 100)}`);
}

/** Where the walk begins: as said, each on a host of the old site, or at its home page. */
function startOf(
  { source, startAddresses = [] }: NewRelocation,
  hosts: readonly string[],
): readonly string[] {
  if (source === 'copy') return [];
  const [main = ''] = hosts;
  const given = startAddresses.length > 0 ? startAddresses : [`http://${main}/`];
  for (const address of given) {
    const isOurs =
      /^https?:\/\//i.test(address) && URL.canParse(address) && hosts.includes(new URL(address).host);
    if (isOurs) continue;
    throw new AppError(
      'invalid',
      'relocation.host-invalid',
      `起始网址不在旧站的域名之内：${address.slice(0, 200)}`,
    );
  }
  return given.map((address) => new URL(address).href);
}
