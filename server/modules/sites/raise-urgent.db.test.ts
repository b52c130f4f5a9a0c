import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../../contracts/actor.ts';
import { anAccount } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { inMemory } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { endUrgentNotice, raiseUrgent } from './raise-urgent.ts';
import { runDue } from './run-due.ts';
import { currentUrgent } from './urgent.queries.ts';

describe('an urgent notice', () => {
  const { db } = aDatabase();
  let now = new Date('2026-07-01T02:00:00Z');
  const stage = aStage(db, () => now);
  const pages = inMemory(db);
  let district: TestDistrict;
  let principal: Actor;
  let resourceId: string;
  const words = { level: 'red' as const, text: '长江九江段超警戒水位，请远离堤岸' };

  beforeAll(async () => {
    district = await aDistrict(stage);
    principal = (await anAccount(db, { unit: district.office, roles: ['principal'] })).actor;
    const column = await aColumn(stage, { site: district.portal });
    resourceId = await aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [column.id],
      content: { title: '防汛指挥部通告' },
    });
    await pages.follow();
  });

  const sites = () => [district.portal.id, district.bureauSite.id];
  const end = async (reason = '险情解除') => {
    const current = await currentUrgent(db);
    if (current) await stage.perform(principal, endUrgentNotice, { id: current.id, reason });
    return pages.follow();
  };

  it('touches two pages of each site, and no other, when it is raised and when it is ended', async () => {
    const two = sites().flatMap((id) => [`home/${id}`, `urgent/${id}`]);
    await stage.perform(principal, raiseUrgent, { ...words, resourceId });
    expect([...(await pages.follow())].sort()).toEqual(two.sort());
    for (const id of sites()) expect(pages.shown.get(`${id}/urgent.html`)).toContain(words.text);
    expect(pages.shown.get(`${district.portal.id}/urgent.html`)).toMatch(/href="\/[^"]+\.html"/);
    expect(pages.shown.get(`${district.bureauSite.id}/urgent.html`)).toContain(
      `href="http://${district.portal.domains[0] ?? ''}/`,
    );
    expect([...(await end())].sort()).toEqual(two.sort());
    for (const id of sites()) expect(pages.shown.get(`${id}/urgent.html`)).toBe('page ');
  });

  it('goes before everything else that waits', async () => {
    await stage.perform(principal, raiseUrgent, { ...words, resourceId });
    const event = await db
      .selectFrom('platform.event')
      .select('priority')
      .where('name', '=', 'sites.urgent-changed')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(event.priority).toBe(0);
    await end();
  });

  it('is one at a time: another takes its place only by naming it', async () => {
    await stage.perform(principal, raiseUrgent, { ...words, resourceId });
    const first = await currentUrgent(db);
    const again = stage.perform(principal, raiseUrgent, { ...words, resourceId, text: '第二条' });
    await expect(again).rejects.toMatchObject({ kind: 'conflict', code: 'sites.urgent-changed' });
    await stage.perform(principal, raiseUrgent, {
      ...words,
      resourceId,
      text: '第二条',
      ...(first ? { replaces: first.id } : {}),
    });
    expect(await currentUrgent(db)).toMatchObject({ text: '第二条' });
    await end();
    const rows = await db.selectFrom('sites.urgent_notice').select('end_reason').orderBy('id').execute();
    expect(rows.slice(-2).map((row) => row.end_reason)).toEqual(['由新的公告接替', '险情解除']);
  });

  it('of two that are raised at the same moment, one is refused', async () => {
    const raise = () => stage.perform(principal, raiseUrgent, { ...words, resourceId });
    const results = await Promise.allSettled([raise(), raise()]);
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await end();
  });

  it('leads only to what is public', async () => {
    const draft = await aDraft(stage, district.actor, { unitId: district.office.id });
    for (const id of [draft, '999999999']) {
      const raised = stage.perform(principal, raiseUrgent, { ...words, resourceId: id });
      await expect(raised).rejects.toMatchObject({ kind: 'conflict', code: 'sites.urgent-not-live' });
    }
  });

  it('is the work of the principal of the portal, or of an operator who says why', async () => {
    const other = (await anAccount(db, { unit: district.bureau, roles: ['principal'] })).actor;
    const editor = (await anAccount(db, { unit: district.office, roles: ['editor', 'reviewer'] })).actor;
    for (const actor of [other, editor]) {
      const raised = stage.perform(actor, raiseUrgent, { ...words, resourceId, reason: '防汛' });
      await expect(raised).rejects.toMatchObject({ kind: 'forbidden', code: 'sites.urgent-forbidden' });
    }
    const operator = (await anAccount(db, { roles: ['operator'] })).actor;
    const silent = stage.perform(operator, raiseUrgent, { ...words, resourceId });
    await expect(silent).rejects.toMatchObject({ code: 'sites.urgent-reason-missing' });
    await stage.perform(operator, raiseUrgent, { ...words, resourceId, reason: '值班领导电话指示' });
    const entry = await db
      .selectFrom('audit.entry')
      .select('details')
      .where('action', '=', 'sites.raise-urgent-notice')
      .where('result', '=', 'done')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(entry.details).toMatchObject({ reason: '值班领导电话指示', resourceId, level: 'red' });
    await end();
  });

  it('ends by itself at its hour', async () => {
    const until = new Date(now.getTime() + 3_600_000);
    const late = stage.perform(principal, raiseUrgent, { ...words, resourceId, until: now.toISOString() });
    await expect(late).rejects.toMatchObject({ code: 'sites.urgent-hour-passed' });
    await stage.perform(principal, raiseUrgent, { ...words, resourceId, until: until.toISOString() });
    const nothing = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const log = nothing as unknown as Parameters<typeof runDue>[0]['log'];
    const tick = () => runDue({ db, clock: stage.clock, performAsSystem: stage.performAsSystem, log });
    expect(await tick()).toBe(0);
    now = until;
    expect(await tick()).toBe(1);
    expect(await currentUrgent(db)).toBeUndefined();
    expect(await tick()).toBe(0);
  });

  it('loses its link, and not its words, when what it leads to is withdrawn', async () => {
    const column = await aColumn(stage, { site: district.portal });
    const passing = await aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [column.id],
    });
    await stage.perform(principal, raiseUrgent, { ...words, resourceId: passing });
    await pages.follow();
    await withdraw(stage, district.actor, passing);
    await pages.follow();
    const shown = pages.shown.get(`${district.portal.id}/urgent.html`) ?? '';
    expect(shown).toContain(words.text);
    expect(shown).not.toContain('href');
    await end();
  });
});
