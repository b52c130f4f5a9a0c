import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  aColumn,
  aDistrict,
  aDraft,
  aStage,
  asCommand,
  edit,
  publish,
  withdraw,
} from '../../../test/factories/sites.ts';
import { anAccount } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { JointRelease } from '../../../contracts/sites.ts';
import { createLog } from '../../platform/log.ts';
import { getResource, overdueReleases, relationsFrom, scheduleResource } from '../library/index.ts';
import { getJointRelease, listJointReleases } from './joint-release.presenter.ts';
import {
  addReleaseMember,
  cancelJointRelease,
  changeJointRelease,
  planJointRelease,
  removeReleaseMember,
} from './plan-joint-release.ts';
import { replacePlacements } from './placement.queries.ts';
import type { DueRunner } from './due-attempt.ts';
import { isAnythingDue, runDue } from './run-due.ts';

describe('resources that go out together', () => {
  const { db } = aDatabase();
  const begin = Date.parse('2026-11-23T01:00:00Z');
  let now = new Date(begin);
  const hour = (hours: number): Date => new Date(begin + hours * 3_600_000);
  const stage = aStage(db, () => now);
  const runner: DueRunner = { ...stage, log: createLog({ level: 'silent', pretty: false }) };
  let made: ReturnType<typeof makeWorld> | undefined;
  const makeWorld = async () => {
    const district = await aDistrict(stage);
    const column = await aColumn(stage, { site: district.portal });
    const { actor, office } = district;
    const wishes = { unitId: office.id, columnIds: [column.id] };
    return {
      ...district,
      column,
      policy: () => aDraft(stage, actor, { ...wishes, type: 'policy' }),
      text: () => aDraft(stage, actor, wishes),
      explained: () =>
        aDraft(stage, actor, { ...wishes, type: 'interpretation', content: { form: '文字解读' } }),
    };
  };
  const world = () => (made ??= makeWorld());

  const liveOf = async (ids: readonly string[]) => {
    const rows = await db
      .selectFrom('library.resource')
      .select(['id', 'stage', 'first_published_at as at'])
      .where('id', 'in', [...ids])
      .orderBy('id')
      .execute();
    return rows.map((row) => ({ ...row, at: row.at?.getTime() ?? null }));
  };
  const plan = async (
    resourceIds: readonly string[],
    releaseAt: Date | null = null,
  ): Promise<JointRelease> => {
    const { actor } = await world();
    const input = {
      name: '政策和解读',
      releaseAt: releaseAt?.toISOString() ?? null,
      resourceIds: [...resourceIds],
    };
    return stage.perform(actor, planJointRelease, input);
  };
  const sign = async (id: string) => publish(stage, (await world()).actor, id);

  it('wait for the last signature and for their hour, then are live from one instant', async () => {
    const { policy, explained, text } = await world();
    now = hour(0);
    const ids = [await policy(), await explained(), await text()];
    const { id } = await plan(ids, hour(5));
    const [lead = '', second = '', third = ''] = ids;
    expect(await sign(lead)).toEqual({ outcome: 'held' });
    await sign(second);
    now = hour(6);
    expect(await isAnythingDue(runner)).toBe(false);
    expect(await runDue(runner)).toBe(0);
    expect(await overdueReleases(db, now)).toBe(0);
    await sign(third);
    expect(await isAnythingDue(runner)).toBe(true);
    now = hour(7);
    expect(await runDue(runner)).toBe(3);
    expect(await runDue(runner)).toBe(0);
    const at = hour(7).getTime();
    expect(await liveOf(ids)).toEqual([...ids].sort().map((one) => ({ id: one, stage: 'live', at })));
    const release = await db
      .selectFrom('sites.joint_release')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    expect(release).toMatchObject({ state: 'released', ended_at: hour(7) });
    // The document ends on top of what goes out with it.
    const listed = await db
      .selectFrom('sites.listing')
      .select('resource_id')
      .where('resource_id', 'in', ids)
      .orderBy('sequence', 'desc')
      .execute();
    expect(listed.map((row) => row.resource_id)).toEqual(ids);
  });

  it('an interpretation names the document that it goes out with', async () => {
    const { policy, explained } = await world();
    const [lead, other] = [await policy(), await explained()];
    await plan([lead, other]);
    await sign(lead);
    await sign(other);
    expect(await runDue(runner)).toBe(2);
    expect(await relationsFrom(db, [other])).toEqual([
      { resourceId: other, kind: 'interprets', targetId: lead },
    ]);
  });

  it('one that is withdrawn holds all, until it is taken out with a reason', async () => {
    const { actor, text } = await world();
    const [first, second] = [await text(), await text()];
    const { id, version } = await plan([first, second]);
    await sign(first);
    await sign(second);
    await withdraw(stage, actor, second);
    expect(await runDue(runner)).toBe(0);
    await stage.perform(actor, removeReleaseMember, {
      releaseId: id,
      expectedVersion: version,
      resourceId: second,
      reason: '解读另行发布',
    });
    expect(await runDue(runner)).toBe(1);
    expect((await liveOf([first, second])).map((one) => one.stage).sort()).toEqual(['live', 'withdrawn']);
  });

  it('when one cannot go out none does, and all go when it can', async () => {
    const { text } = await world();
    const ids = [await text(), await text()];
    await plan(ids);
    for (const id of ids) await sign(id);
    const [, second = ''] = ids;
    const placement = await db
      .deleteFrom('sites.placement')
      .where('resource_id', '=', second)
      .returningAll()
      .execute();
    expect(await runDue(runner)).toBe(0);
    expect((await liveOf(ids)).map((one) => one.stage)).toEqual(['scheduled', 'scheduled']);
    for (const row of placement) {
      await stage.perform(
        (await world()).actor,
        asCommand((ctx) => replacePlacements(ctx.db, second, [row.column_id], now)),
        undefined,
      );
    }
    expect(await runDue(runner)).toBe(2);
  });

  it('a plan that is given up leaves each to its own hour', async () => {
    const { actor, text } = await world();
    const ids = [await text(), await text()];
    const { id, version } = await plan(ids, hour(500));
    const [first = ''] = ids;
    await sign(first);
    await stage.perform(actor, cancelJointRelease, {
      releaseId: id,
      expectedVersion: version,
      reason: '改为分别发布',
    });
    expect(await runDue(runner)).toBe(1);
    expect((await liveOf(ids)).map((one) => one.stage)).toEqual(['live', 'draft']);
  });

  it('an hour of its own, another plan, another unit and a stale plan are refused', async () => {
    const { actor, text, bureau, bureauSite } = await world();
    const ids = [await text(), await text()];
    const [first = ''] = ids;
    const { id, version } = await plan(ids);
    await expect(
      stage.perform(actor, scheduleResource, {
        resourceId: first,
        expectedVersion: 1,
        releaseAt: hour(900).toISOString(),
        expireAt: null,
      }),
    ).rejects.toMatchObject({ code: 'library.release-held' });
    await expect(plan([first])).rejects.toMatchObject({ code: 'sites.release-member-taken' });
    const column = await aColumn(stage, { site: bureauSite });
    const strange = await aDraft(stage, actor, { unitId: bureau.id, columnIds: [column.id] });
    const add = { releaseId: id, resourceId: strange };
    await expect(
      stage.perform(actor, addReleaseMember, { ...add, expectedVersion: version }),
    ).rejects.toMatchObject({ code: 'sites.release-member-unfit' });
    const change = { releaseId: id, expectedVersion: version, name: '新的名字', releaseAt: null };
    const changed = await stage.perform(actor, changeJointRelease, change);
    expect(changed.version).toBe(version + 1);
    await expect(stage.perform(actor, changeJointRelease, change)).rejects.toMatchObject({
      code: 'sites.release-changed',
    });
  });

  it('two workers, late signatures and an edit of the plan at once: all members are live or none is', async () => {
    const { actor, text } = await world();
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 4 }),
        fc.array(fc.nat(4), { maxLength: 4 }),
        async (many, acts) => {
          const ids: string[] = [];
          for (let at = 0; at < many; at += 1) ids.push(await text());
          const { id, version } = await plan(ids);
          for (const one of ids.slice(1)) await sign(one);
          const [last = '', removed = ''] = ids;
          const deeds = [
            () => runDue(runner),
            () => sign(last).catch(() => undefined),
            () => runDue(runner),
            () =>
              stage
                .perform(actor, changeJointRelease, {
                  releaseId: id,
                  expectedVersion: version,
                  name: '改名',
                  releaseAt: null,
                })
                .catch(() => undefined),
            () => withdraw(stage, actor, removed).catch(() => undefined),
          ];
          await Promise.all(
            [0, 1, 2, ...acts].map(async (at) => {
              await deeds[at]?.();
            }),
          );
          await runDue(runner);
          const after = await liveOf(ids);
          const taken = after.find((one) => one.id === removed);
          // Withdrawn before: it held all. Withdrawn after, or never: all went out in one instant.
          const isHeld = taken?.stage === 'withdrawn' && taken.at === null;
          if (isHeld) outcomes.add('held');
          else outcomes.add(taken?.stage === 'withdrawn' ? 'withdrawn after' : 'live');
          const at = isHeld ? null : now.getTime();
          expect(after.map((one) => one.at)).toEqual(ids.map(() => at));
          const releases = await db
            .selectFrom('library.change')
            .select('resource_id')
            .where('resource_id', 'in', ids)
            .where('kind', '=', 'released')
            .execute();
          // Each once, whoever asked at the same time.
          expect(releases.map((row) => row.resource_id).sort()).toEqual(isHeld ? [] : [...ids].sort());
        },
      ),
      {
        numRuns: 6,
        examples: [
          [2, []],
          [2, [4]],
        ],
      },
    );
    expect(outcomes).toContain('live');
  });

  it('one whose own end has come holds all until it has a later one', async () => {
    const { actor, text } = await world();
    now = hour(20);
    const [first, second] = [await text(), await text()];
    const { id } = await plan([first, second], hour(24));
    const endAt = async (expireAt: Date): Promise<void> => {
      const { version: expectedVersion } = await getResource({ db, actor }, second);
      const end = { releaseAt: null, expireAt: expireAt.toISOString() };
      await stage.perform(actor, scheduleResource, { resourceId: second, expectedVersion, ...end });
    };
    await endAt(hour(23));
    await sign(first);
    await sign(second);
    now = hour(24);
    expect(await runDue(runner)).toBe(0);
    const held = await getJointRelease({ db, actor, now }, id);
    expect(held.list.map(({ isReady, isOver }) => [isReady, isOver])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(held).toMatchObject({ ready: 1, isOverdue: true });
    await endAt(hour(100));
    expect(await runDue(runner)).toBe(2);
    expect((await liveOf([first, second])).map((one) => one.at)).toEqual([
      hour(24).getTime(),
      hour(24).getTime(),
    ]);
  });

  it('what a division gave to another unit still counts, and that unit can take it out', async () => {
    const { actor, text, bureau } = await world();
    const other = await anAccount(db, { unit: bureau, roles: ['editor'] });
    const stranger = await anAccount(db, { roles: ['editor'] });
    const [first, second] = [await text(), await text()];
    const { id } = await plan([first, second], hour(900));
    await sign(second);
    await db.updateTable('library.resource').set({ unit_id: bureau.id }).where('id', '=', second).execute();
    expect(await getJointRelease({ db, actor, now }, id)).toMatchObject({ members: 2, ready: 1 });
    const reader = { db, actor: other.actor, now };
    const [seen] = (await listJointReleases(reader, { resourceId: second })).items;
    expect(seen?.id).toBe(id);
    const shown = await getJointRelease(reader, id);
    expect(shown.list.map((one) => one.title === null)).toEqual([true, false]);
    const removal = { releaseId: id, expectedVersion: shown.version, reason: '已经归本单位' };
    await expect(
      stage.perform(other.actor, removeReleaseMember, { ...removal, resourceId: first }),
    ).rejects.toMatchObject({ code: 'sites.release-forbidden' });
    await expect(
      stage.perform(stranger.actor, removeReleaseMember, { ...removal, resourceId: second }),
    ).rejects.toMatchObject({ code: 'sites.release-not-found' });
    await stage.perform(other.actor, removeReleaseMember, { ...removal, resourceId: second });
    await expect(getJointRelease(reader, id)).rejects.toMatchObject({ code: 'sites.release-not-found' });
    expect(await runDue(runner)).toBe(1);
  });

  it('the record of each member says when it joined and when it was taken out', async () => {
    const { actor, text } = await world();
    const [first, second, third] = [await text(), await text(), await text()];
    const { id, version } = await plan([first, second], hour(900));
    const joined = { releaseId: id, resourceId: third, expectedVersion: version };
    const { version: next } = await stage.perform(actor, addReleaseMember, joined);
    const taken = { releaseId: id, resourceId: second, expectedVersion: next, reason: '另行发布' };
    const { version: last } = await stage.perform(actor, removeReleaseMember, taken);
    await stage.perform(actor, cancelJointRelease, { releaseId: id, expectedVersion: last, reason: '取消' });
    const entries = await db
      .selectFrom('audit.entry')
      .select(['action', 'object_id', 'details'])
      .where('object_kind', '=', 'resource')
      .where('object_id', 'in', [first, second, third])
      .where('action', 'like', '%release%')
      .orderBy('seq')
      .execute();
    const of = (one: string) => entries.filter((row) => row.object_id === one).map((row) => row.action);
    expect(of(first)).toEqual(['sites.plan-joint-release', 'sites.cancel-joint-release']);
    expect(of(second)).toEqual(['sites.plan-joint-release', 'sites.remove-release-member']);
    expect(of(third)).toEqual(['sites.add-release-member', 'sites.cancel-joint-release']);
    expect(entries.map((row) => row.details)).toEqual(entries.map(() => ({ jointReleaseId: id })));
  });

  it('editing one that waits is refused until it is taken back', async () => {
    const { actor, text } = await world();
    const one = await text();
    await plan([one], hour(900));
    await sign(one);
    await expect(edit(stage, actor, one, { title: '改了' })).rejects.toMatchObject({
      code: 'library.stage-forbids',
    });
  });
});
