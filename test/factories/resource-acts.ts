import type { Block } from '../../contracts/blocks.ts';
import type { ResourceTypeKey } from '../../contracts/library.ts';
import { revisionById } from '../../server/modules/library/index.ts';
import { endDueTopics } from '../../server/modules/sites/end-topics.ts';
import { endUrgentNotice, raiseUrgent } from '../../server/modules/sites/index.ts';
import { endDueUrgent } from '../../server/modules/sites/raise-urgent.ts';
import { currentUrgent } from '../../server/modules/sites/urgent.queries.ts';
import { someBlocks } from './blocks.ts';
import { type Chances, columnsOf, type LivelyDistrict, pick } from './lively-district.ts';
import { aPublished, edit, publish, someContent } from './sites.ts';

function picturesOf(lively: LivelyDistrict, ofOffice: boolean, act: Chances) {
  if (act.detail % 2 === 0) return {};
  const assetId = lively.pictures[ofOffice ? 'office' : 'bureau'];
  return { coverAssetId: assetId, attachments: [{ assetId, name: '附件一' }] };
}

/** A document, something that explains one, or an article. */
async function wishedType(lively: LivelyDistrict, act: Chances): Promise<ResourceTypeKey> {
  if (act.which % 3 === 0) return 'policy';
  return act.which % 3 === 1 && (await documentsOf(lively)).length > 0 ? 'interpretation' : 'article';
}

/** Documents that were ever public, withdrawn ones too. */
async function documentsOf({ stage, resources }: LivelyDistrict): Promise<string[]> {
  if (resources.length === 0) return [];
  const rows = await stage.db
    .selectFrom('library.resource')
    .select('id')
    .where('id', 'in', resources)
    .where('type', '=', 'policy')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Documents are explained by others and replace one another. */
async function namedBy(lively: LivelyDistrict, type: ResourceTypeKey, act: Chances, self?: string) {
  const others = (await documentsOf(lively)).filter((id) => id !== self);
  if (others.length === 0) return {};
  const named = [pick(others, act.detail)];
  if (type === 'interpretation') return { interprets: named, form: '文字解读' };
  return type === 'policy' && act.flag ? { replacedBy: named } : {};
}

export async function playPublish(lively: LivelyDistrict, act: Chances): Promise<void> {
  const { stage, district, resources } = lively;
  const type = await wishedType(lively, act);
  const id = await aPublished(stage, district.actor, {
    unitId: (act.flag ? district.office : district.bureau).id,
    type,
    columnIds: columnsOf(lively, act),
    content: {
      title: `第${String(resources.length + 1)}条信息`,
      ...picturesOf(lively, act.flag, act),
      ...(await namedBy(lively, type, act)),
    },
  });
  resources.push(id);
}

export async function playEdit(lively: LivelyDistrict, act: Chances): Promise<void> {
  const { stage, district, resources } = lively;
  if (resources.length === 0) return;
  const id = pick(resources, act.which);
  const row = await stage.db
    .selectFrom('library.resource')
    .select(['unit_id', 'title', 'type', 'head_revision_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const ofOffice = row.unit_id === district.office.id;
  if (row.type === 'home' || row.type === 'topic') {
    const head = await revisionById(stage.db, row.head_revision_id ?? '0');
    if (!head) throw new Error(`resource ${id} has no head`);
    const blocks = [...blocksFor(lively, ofOffice, act)];
    await edit(stage, district.actor, id, { ...head.content, title: `${row.title.slice(0, 50)}改`, blocks });
    await publish(stage, district.actor, id);
    return;
  }
  const changes = {
    title: `${row.title.slice(0, 50)}改`,
    ...picturesOf(lively, ofOffice, act),
    ...(await namedBy(lively, row.type as ResourceTypeKey, act, id)),
  };
  await edit(stage, district.actor, id, someContent(changes, row.type as ResourceTypeKey));
  await publish(stage, district.actor, id);
}

function blocksFor(lively: LivelyDistrict, ofOffice: boolean, act: Chances): readonly Block[] {
  const pictureId = lively.pictures[ofOffice ? 'office' : 'bureau'];
  const blocks = someBlocks({
    columnIds: columnsOf(lively, act),
    ...(act.detail % 2 === 0 ? {} : { pictureId }),
  });
  // Not always all of them, and not always in the same order.
  return act.detail % 3 === 0 ? blocks.toReversed().slice(0, 3 + (act.which % 6)) : blocks;
}

/** A home page of the portal or of the bureau, or a topic that ends soon, late or never. */
export async function playCompose(lively: LivelyDistrict, act: Chances): Promise<void> {
  const { stage, district, resources } = lively;
  const site = act.flag ? district.portal : district.bureauSite;
  const unitId = (act.flag ? district.office : district.bureau).id;
  const blocks = [...blocksFor(lively, act.flag, act)];
  const isHome = act.which % 2 === 0;
  const endsOn = pick(['2026-03-01', '2026-03-02', '2030-01-01'], act.detail);
  const id = await aPublished(stage, district.actor, {
    unitId,
    type: isHome ? 'home' : 'topic',
    ...(isHome ? {} : { columnIds: [lively.topicColumn] }),
    content: {
      title: `第${String(resources.length + 1)}个版面`,
      blocks,
      ...(isHome ? { siteId: site.id } : act.detail % 4 === 0 ? {} : { endsOn }),
    },
  });
  resources.push(id);
}

export async function playAlarm({ stage, district, resources }: LivelyDistrict, act: Chances): Promise<void> {
  const current = await currentUrgent(stage.db);
  if (current && act.flag) {
    await stage.perform(district.actor, endUrgentNotice, { id: current.id, reason: '险情解除' });
  } else if (resources.length > 0) {
    await stage.perform(district.actor, raiseUrgent, {
      resourceId: pick(resources, act.which),
      level: pick(['red', 'orange', 'blue'] as const, act.detail),
      text: `防汛应急响应第${String(act.detail)}号`,
      ...(current ? { replaces: current.id } : {}),
      ...(act.detail % 2 === 0 ? {} : { until: '2026-03-01T20:00:00Z' }),
    });
  }
}

export async function playTick({ stage }: LivelyDistrict): Promise<void> {
  await stage.performAsSystem(endDueTopics, undefined);
  await stage.performAsSystem(endDueUrgent, undefined);
}
