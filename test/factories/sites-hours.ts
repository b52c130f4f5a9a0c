import { scheduleResource } from '../../server/modules/library/index.ts';
import { changeUnit } from '../../server/modules/identity/change-unit.ts';
import { unitsById } from '../../server/modules/identity/index.ts';
import { changeListing, runDue } from '../../server/modules/sites/index.ts';
import { systemActor } from '../../server/platform/context.ts';
import { createLog } from '../../server/platform/log.ts';
import { aDraft, publish, type Stage, type TestDistrict } from './sites.ts';

/** What the acts of this file need of a lively district. */
interface Hours {
  readonly stage: Stage;
  readonly district: TestDistrict;
  readonly resources: string[];
}

const hour = 3_600_000;
const quiet = createLog({ level: 'silent', pretty: false });
const registrar = { ...systemActor('test'), roles: ['system-admin' as const] };

const later = ({ stage }: Hours, hours: number): string =>
  new Date(stage.clock().getTime() + hours * hour).toISOString();

async function giveHours(
  { stage, district }: Hours,
  resourceId: string,
  hours: { readonly releaseAt: string | null; readonly expireAt: string | null },
): Promise<void> {
  const { version: expectedVersion } = await stage.db
    .selectFrom('library.resource')
    .select('version')
    .where('id', '=', resourceId)
    .executeTakeFirstOrThrow();
  await stage.perform(district.actor, scheduleResource, { resourceId, expectedVersion, ...hours });
}

/** Signed now, public in some hours, when the clock is asked. */
export async function publishLater(
  lively: Hours,
  wishes: { readonly unitId: string; readonly columnIds: readonly string[]; readonly hours: number },
): Promise<void> {
  const { stage, district, resources } = lively;
  const title = `第${String(resources.length + 1)}条定时信息`;
  const id = await aDraft(stage, district.actor, { ...wishes, content: { title } });
  await giveHours(lively, id, { releaseAt: later(lively, wishes.hours), expireAt: null });
  await publish(stage, district.actor, id);
  resources.push(id);
}

/** Taken from everywhere in some hours. */
export async function expireLater(lively: Hours, resourceId: string, hours: number): Promise<void> {
  await giveHours(lively, resourceId, { releaseAt: null, expireAt: later(lively, hours) });
}

/** Pinned for some hours. */
export async function pinForHours(
  lively: Hours,
  listing: { readonly columnId: string; readonly resourceId: string },
  hours: number,
): Promise<void> {
  const { stage, district } = lively;
  await stage.perform(district.actor, changeListing, { ...listing, pinnedUntil: later(lively, hours) });
}

/** The clock is asked: what is due is released, expired or no longer pinned. */
export async function letTimePass({ stage }: Hours): Promise<void> {
  const { db, clock, performAsSystem } = stage;
  await runDue({ db, clock, performAsSystem, log: quiet });
}

export async function renameUnit(
  { stage }: Hours,
  unitId: string,
  change: { readonly name?: string; readonly shortName?: string; readonly position?: number },
): Promise<void> {
  const unit = (await unitsById(stage.db, [unitId])).get(unitId);
  if (unit === undefined) return;
  await stage.perform(registrar, changeUnit, {
    id: unitId,
    change: { expectedVersion: unit.version, ...change },
  });
}
