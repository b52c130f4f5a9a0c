import { sql } from 'kysely';

import { choose, isChosen } from '../../platform/dump/dump-rows.ts';
import type { DumpPart } from '../../platform/dump/dump.types.ts';
import type { Db } from '../../platform/db.ts';

const ofChosen = isChosen('resource_id', 'resource');

/** What was to go out together. A plan goes where its first member goes. */
export const jointReleases: DumpPart = {
  name: 'joint-releases',
  from: sql.table('sites.joint_release'),
  fields: {
    id: 'id',
    unit_id: 'id',
    lead_resource_id: 'id',
    name: 'text',
    state: 'text',
    release_at: 'instant?',
    version: 'integer',
    made_by_name: 'text',
    made_at: 'instant',
    ended_at: 'instant?',
    ended_by_name: 'text?',
    end_reason: 'text?',
  },
  order: ['id'],
  among: isChosen('lead_resource_id', 'resource'),
};

const memberFields = {
  id: 'id',
  release_id: 'id',
  resource_id: 'id',
  added_by_name: 'text',
  added_at: 'instant',
  waits: 'flag',
  removed_at: 'instant?',
  removed_by_name: 'text?',
  removal_reason: 'text?',
} as const;

/** Of a plan that is part of the package only. */
export const jointReleaseMembers: DumpPart = {
  name: 'joint-release-members',
  from: sql`(select ${sql.join(Object.keys(memberFields).map((column) => sql.ref(`member.${column}`)))},
    release.lead_resource_id
    from sites.joint_release_member as member
    join sites.joint_release as release on release.id = member.release_id) as member`,
  into: sql.table('sites.joint_release_member'),
  fields: memberFields,
  order: ['id'],
  among: sql<boolean>`${ofChosen} and ${isChosen('lead_resource_id', 'resource')}`,
};

/** What was taken down by order, and what the unit said to it. */
export const takeDowns: DumpPart = {
  name: 'take-downs',
  from: sql.table('sites.take_down'),
  fields: {
    id: 'id',
    resource_id: 'id',
    unit_id: 'id',
    title: 'text',
    reason: 'text',
    taken_down_by: 'id',
    taken_down_by_name: 'text',
    taken_down_at: 'instant',
    reply: 'text?',
    answered_by_name: 'text?',
    answered_at: 'instant?',
  },
  order: ['id'],
  among: ofChosen,
};

export async function chooseTakers(trx: Db): Promise<void> {
  await choose(trx, 'account', sql`select taken_down_by from sites.take_down where ${ofChosen}`);
}
