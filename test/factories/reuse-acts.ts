import type { Actor } from '../../contracts/actor.ts';
import { columnsById, endReuse, makeReuse } from '../../server/modules/sites/index.ts';
import { type Chances, type LivelyDistrict, pick } from './lively-district.ts';
import { testBase } from './sites.ts';

/** The same person, seen as one who acts for a single unit. */
export function actingFor(actor: Actor, unit: { readonly id: string }): Actor {
  return { ...actor, scope: { kind: 'units', unitIds: [unit.id] } };
}

/** One unit shows what the other published, or one of the two ends that. */
export async function playReuse(
  { stage, district, columns, resources }: LivelyDistrict,
  act: Chances,
): Promise<void> {
  const unit = act.flag ? district.bureau : district.office;
  const actor = actingFor(district.actor, unit);
  if (act.detail % 3 > 0 && resources.length > 0) {
    const own = (await columnsById(stage.db, columns)).filter((column) => column.unitId === unit.id);
    const columnId = pick(own, act.detail).id;
    await stage.perform(actor, makeReuse(testBase), { resourceId: pick(resources, act.which), columnId });
    return;
  }
  const standing = await stage.db
    .selectFrom('sites.reuse')
    .select('id')
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  if (standing.length === 0) return;
  const { id } = pick(standing, act.which);
  await stage.perform(actor, endReuse(testBase), { reuseId: id, reason: '内容已经过时' });
}
