import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type {
  Address,
  ColumnWays,
  MappingMatch,
  MappingPreview,
  MappingRule,
  Submission,
  SubmissionFigure,
} from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, aUnit, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  atlasOptions,
  edit,
  place,
  publish,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { differencesFromScratch, inMemory, type MemoryPages } from '../../../test/factories/sites-pages.ts';
import { aTerm } from '../../../test/factories/terms.ts';
import { anyMapping, settleRules } from '../../../test/factories/ways-acts.ts';
import { aDatabase } from '../../../test/harness.ts';
import { renewMappingRules, sitesRoutes, waysTasks, writing } from './index.ts';

type Headers = Record<string, string>;
interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly payload?: object;
}

describe('the four ways in which a column of the portal is filled', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())]);
  let district: TestDistrict;
  let source: string;
  let pages: MemoryPages;
  let operator: Headers;
  let bureauEditor: Headers;
  let portalEditor: Headers;
  let portalPrincipal: Headers;

  beforeAll(async () => {
    district = await aDistrict(stage);
    const { bureau, office, bureauSite } = district;
    source = (await aColumn(stage, { site: bureauSite, name: '教育通知', slug: 'jytz' })).id;
    operator = await signIn(app, await anAccount(db, { unit: office, roles: ['operator'] }));
    bureauEditor = await signIn(app, await anAccount(db, { unit: bureau, roles: ['editor'] }));
    portalEditor = await signIn(app, await anAccount(db, { unit: office, roles: ['editor'] }));
    portalPrincipal = await signIn(app, await anAccount(db, { unit: office, roles: ['principal'] }));
    pages = inMemory(db);
    await pages.rebuild();
  });

  const portalColumn = async (name: string): Promise<string> =>
    (await aColumn(stage, { site: district.portal, name, inNavigation: true })).id;
  const ofBureau = (content: Parameters<typeof someContent>[0] = {}, columnIds = [source]) =>
    aPublished(stage, district.actor, { unitId: district.bureau.id, columnIds, content });
  const ask = async <T>(headers: Headers, call: Call, status = 200): Promise<T> => {
    const answer = await app.inject({ ...call, headers });
    expect(answer.statusCode, answer.body).toBe(status);
    return answer.body === '' ? (null as T) : answer.json<T>();
  };
  const refusal = async (headers: Headers, call: Call): Promise<string> => {
    const answer = await app.inject({ ...call, headers });
    expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400);
    return answer.json<Problem>().code;
  };
  const pageOf = async (columnId: string): Promise<string> => {
    await pages.follow();
    const { path, siteId } = await db
      .selectFrom('sites.column')
      .select(['path', 'site_id as siteId'])
      .where('id', '=', columnId)
      .executeTakeFirstOrThrow();
    return pages.shown.get(`${siteId}${path}`) ?? '';
  };
  const exact = async (): Promise<void> => {
    expect(await differencesFromScratch(db, pages)).toEqual([]);
  };

  describe('映射: by rule', () => {
    const rule = (columnId: string, more: Partial<typeof anyMapping>) =>
      ({ method: 'POST', url: '/api/mapping-rules', payload: { ...anyMapping, columnId, ...more } }) as const;

    it('shows what a unit publishes, by class, type and title, what was published before too', async () => {
      const target = await portalColumn('招生');
      const broad = await aTerm(db);
      const narrow = await aTerm(db, { parent: broad.code });
      const before = await ofBureau({ title: '小学招生公告', topics: [narrow.reference] });
      await ofBureau({ title: '小学招生简章' });
      await ofBureau({ title: '会议安排', topics: [narrow.reference] });
      const wanted = {
        unitId: district.bureau.id,
        types: ['article' as const],
        term: broad.reference,
        keyword: '招生',
      };
      const preview = await ask<MappingPreview>(operator, {
        ...rule(target, wanted),
        url: '/api/mapping-rule-previews',
      });
      expect(preview).toMatchObject({
        found: 1,
        already: 0,
        complete: true,
        first: [{ title: '小学招生公告' }],
      });
      const made = await ask<MappingRule>(operator, rule(target, wanted), 201);
      expect(made).toMatchObject({ version: 1, remaining: 1, shown: 0, sourceName: '区教育局的全部栏目' });
      expect(await pageOf(target)).not.toContain('小学招生公告');
      await settleRules(stage);
      expect(await pageOf(target)).toContain('小学招生公告');
      const after = await ofBureau({ title: '初中招生公告', topics: [broad.reference] });
      const page = await pageOf(target);
      expect(page).toContain('初中招生公告');
      for (const title of ['小学招生简章', '会议安排']) expect(page).not.toContain(title);
      // The newest above; each leads to the one page that it has, on the site of its unit.
      expect(page.indexOf('初中招生公告')).toBeLessThan(page.indexOf('小学招生公告'));
      expect(page).toContain(`/jytz/`);
      await edit(stage, district.actor, after, someContent({ title: '初中公告', topics: [broad.reference] }));
      await publish(stage, district.actor, after);
      expect(await pageOf(target)).not.toContain('初中公告');
      await withdraw(stage, district.actor, before);
      expect(await pageOf(target)).not.toContain('小学招生公告');
      await exact();
    });

    it('is changed in versions: what it no longer describes leaves, and an ended one leaves nothing', async () => {
      const target = await portalColumn('安全');
      await ofBureau({ title: '校车安全' });
      await ofBureau({ title: '食品安全' });
      const { id } = await ask<MappingRule>(
        operator,
        rule(target, { sourceColumnId: source, keyword: '安全' }),
        201,
      );
      await settleRules(stage);
      expect(await pageOf(target)).toContain('校车安全');
      const change = { ...anyMapping, sourceColumnId: source, keyword: '食品', expectedVersion: 1 };
      const call = { method: 'PUT', url: `/api/mapping-rules/${id}`, payload: change } as const;
      expect(await ask<MappingRule>(operator, call)).toMatchObject({
        version: 2,
        history: [{ version: 2, text: '来源：教育局 教育通知；标题含“食品”；自动显示' }, { version: 1 }],
      });
      expect(await refusal(operator, call)).toBe('sites.mapping-rule-changed');
      await settleRules(stage);
      const page = await pageOf(target);
      expect(page).toContain('食品安全');
      expect(page).not.toContain('校车安全');
      await exact();
      await ask(operator, { method: 'POST', url: `/api/mapping-rules/${id}/ending` }, 204);
      await settleRules(stage);
      expect(await pageOf(target)).not.toContain('食品安全');
      await exact();
    });

    it('asks an editor of the column first where it says so, who shows it or declines it for good', async () => {
      const target = await portalColumn('活动');
      const shown = await ofBureau({ title: '活动一' });
      const declined = await ofBureau({ title: '活动二' });
      const wanted = rule(target, { sourceColumnId: source, keyword: '活动', mode: 'confirmed' });
      const { id } = await ask<MappingRule>(operator, wanted, 201);
      await settleRules(stage);
      expect(await pageOf(target)).not.toContain('活动一');
      const { items } = await ask<{ items: MappingMatch[] }>(portalEditor, {
        method: 'GET',
        url: '/api/mapping-matches',
      });
      expect(items.map((one) => one.title)).toEqual(['活动一', '活动二']);
      const decide = (resourceId: string, more: object) =>
        ({
          method: 'POST',
          url: '/api/mapping-matches',
          payload: { ruleId: id, resourceId, ...more },
        }) as const;
      expect(await refusal(bureauEditor, decide(shown, { accepted: true }))).toBe(
        'sites.mapping-match-not-found',
      );
      expect(await refusal(operator, decide(shown, { accepted: true }))).toBe('sites.column-out-of-scope');
      expect(await refusal(portalEditor, decide(declined, { accepted: false }))).toBe('sites.reason-missing');
      await ask(portalEditor, decide(shown, { accepted: true }), 204);
      await ask(portalEditor, decide(declined, { accepted: false, reason: '与本栏目无关' }), 204);
      expect(await refusal(portalEditor, decide(shown, { accepted: true }))).toBe(
        'sites.mapping-match-not-found',
      );
      await publish(stage, district.actor, await editedAgain(declined, '活动二'));
      const page = await pageOf(target);
      expect(page).toContain('活动一');
      expect(page).not.toContain('活动二');
      await exact();
    });

    it('asks for each of the columns that want one resource, also where a page of the list ends between them', async () => {
      const waiting = { title: '两处都要的' };
      const wishes = await Promise.all(
        ['甲处', '乙处'].map(async (name) => {
          const wanted = { sourceColumnId: source, keyword: waiting.title, mode: 'confirmed' } as const;
          return ask<MappingRule>(operator, rule(await portalColumn(name), wanted), 201);
        }),
      );
      const id = await ofBureau(waiting);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const url = `/api/mapping-matches?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const page: { items: MappingMatch[]; nextCursor: string | null } = await ask(portalEditor, {
          method: 'GET',
          url,
        });
        seen.push(...page.items.filter((one) => one.resourceId === id).map((one) => one.ruleId));
        cursor = page.nextCursor;
      }
      expect(seen.toSorted()).toEqual(wishes.map((one) => one.id).toSorted());
      const wrong = { method: 'GET', url: '/api/mapping-matches?cursor=1.2' } as const;
      expect(await refusal(portalEditor, wrong)).toBe('sites.cursor-wrong');
      for (const one of wishes)
        await ask(operator, { method: 'POST', url: `/api/mapping-rules/${one.id}/ending` }, 204);
      await settleRules(stage);
    });

    const editedAgain = async (id: string, title: string): Promise<string> => {
      await edit(stage, district.actor, id, someContent({ title, summary: '改了摘要' }));
      return id;
    };

    it('follows columns that come to a unit of its kind, without anybody changing the rule', async () => {
      const target = await portalColumn('街道动态');
      const street = await aUnit(db, { kind: 'street' });
      await ask(operator, rule(target, { unitKind: 'street' }), 201);
      await settleRules(stage);
      await ofBureau({ title: '社区运动会' });
      expect(await renewMappingRules(db)).toBe(0);
      await db.updateTable('sites.column').set({ unit_id: street.id }).where('id', '=', source).execute();
      // The rule of its former unit loses it, and this one gains it.
      expect(await renewMappingRules(db)).toBe(2);
      await settleRules(stage);
      expect(await pageOf(target)).toContain('社区运动会');
      await db
        .updateTable('sites.column')
        .set({ unit_id: district.bureau.id })
        .where('id', '=', source)
        .execute();
      await renewMappingRules(db);
      await settleRules(stage);
      expect(await pageOf(target)).not.toContain('社区运动会');
    });

    it('is refused without exactly one source, of an unknown class, of the column itself, twice', async () => {
      const target = await portalColumn('规则');
      const code = (more: Partial<typeof anyMapping>) => refusal(operator, rule(target, more));
      expect(await code({})).toBe('sites.mapping-source-wrong');
      expect(await code({ unitId: district.bureau.id, unitKind: 'street' })).toBe(
        'sites.mapping-source-wrong',
      );
      expect(await code({ sourceColumnId: target })).toBe('sites.mapping-loop');
      expect(await code({ unitId: district.bureau.id, term: 'topic:nowhere' })).toBe('sites.term-unknown');
      await ask(operator, rule(target, { sourceColumnId: source }), 201);
      expect(await code({ sourceColumnId: source })).toBe('sites.mapping-rule-exists');
      expect(await refusal(portalEditor, rule(target, { sourceColumnId: source }))).toBe(
        'sites.operator-required',
      );
    });
  });

  describe('报送: by offer', () => {
    const offer = (resourceId: string, columnId: string) =>
      ({
        method: 'POST',
        url: '/api/submissions',
        payload: { resourceId, columnId, note: '请关注' },
      }) as const;
    const act = (id: string, what: string, payload?: object) =>
      ({ method: 'POST', url: `/api/submissions/${id}/${what}`, ...(payload ? { payload } : {}) }) as const;

    it('is adopted under the title of the principal, and ends everywhere when its unit withdraws it', async () => {
      const target = await portalColumn('部门动态');
      const id = await ofBureau({ title: '教育局召开工作会议' });
      const offered = await ask<Submission>(bureauEditor, offer(id, target), 201);
      expect(offered).toMatchObject({ state: 'offered', actions: ['withdraw'], overdue: false });
      expect(await refusal(bureauEditor, offer(id, target))).toBe('sites.submission-exists');
      expect(await refusal(bureauEditor, act(offered.id, 'adoption', {}))).toBe('sites.submission-forbidden');
      const waiting = { method: 'GET', url: '/api/submissions?side=waiting&state=offered' } as const;
      expect((await ask<{ items: Submission[] }>(portalEditor, waiting)).items).toMatchObject([
        { title: '教育局召开工作会议', unitName: '区教育局', actions: ['adopt', 'return'] },
      ]);
      const titled = act(offered.id, 'adoption', { title: '全区教育工作会议召开' });
      expect(await refusal(portalEditor, titled)).toBe('sites.principal-required');
      expect(await ask<Submission>(portalPrincipal, titled)).toMatchObject({
        state: 'adopted',
        ended: false,
      });
      expect(await refusal(portalEditor, act(offered.id, 'adoption', {}))).toBe('sites.submission-decided');
      expect(await pageOf(target)).toContain('全区教育工作会议召开');
      await exact();
      await withdraw(stage, district.actor, id);
      expect(await pageOf(target)).not.toContain('全区教育工作会议召开');
      await exact();
    });

    it('is returned with a reason that stands on the desk of the unit, offered again, and taken back', async () => {
      const target = await portalColumn('工作交流');
      const id = await ofBureau({ title: '校园读书节' });
      const first = await ask<Submission>(bureauEditor, offer(id, target), 201);
      await ask(portalEditor, act(first.id, 'return', { reason: '请补充时间地点' }));
      const bureau = await anAccount(db, { unit: district.bureau, roles: ['editor'] });
      const tasks = await waysTasks({ db, actor: bureau.actor, now: new Date() });
      expect(tasks).toMatchObject([
        {
          kind: 'submission-returned',
          title: '校园读书节',
          detail: expect.stringContaining('请补充时间地点') as string,
        },
      ]);
      const second = await ask<Submission>(bureauEditor, offer(id, target), 201);
      expect(await refusal(portalEditor, act(second.id, 'withdrawal'))).toBe('library.resource-not-found');
      expect(await ask<Submission>(bureauEditor, act(second.id, 'withdrawal'))).toMatchObject({
        state: 'withdrawn',
      });
      expect(await refusal(portalEditor, act(second.id, 'adoption', {}))).toBe('sites.submission-decided');
      expect(await pageOf(target)).not.toContain('校园读书节');
    });

    it('waits for the release of what is not published yet, and for nothing that is not open to all', async () => {
      const target = await portalColumn('预报送');
      const id = await aDraft(stage, district.actor, { unitId: district.bureau.id, columnIds: [source] });
      expect(await ask<Submission>(bureauEditor, offer(id, target), 201)).toMatchObject({
        state: 'prepared',
      });
      const waiting = { method: 'GET', url: '/api/submissions?side=waiting' } as const;
      const waitingIds = async () =>
        (await ask<{ items: Submission[] }>(portalEditor, waiting)).items
          .filter((one) => one.resourceId === id)
          .map((one) => one.state);
      expect(await waitingIds()).toEqual([]);
      await publish(stage, district.actor, id);
      expect(await waitingIds()).toEqual(['offered']);
      await edit(stage, district.actor, id, someContent({ openMode: '依申请公开' }));
      await publish(stage, district.actor, id);
      expect(await waitingIds()).toEqual(['withdrawn']);
      expect(await refusal(bureauEditor, offer(id, target))).toBe('sites.not-open-to-all');
    });

    it('is not offered any more when its draft went into the bin', async () => {
      const target = await portalColumn('未发布');
      const id = await aDraft(stage, district.actor, { unitId: district.bureau.id, columnIds: [source] });
      const { id: submissionId } = await ask<Submission>(bureauEditor, offer(id, target), 201);
      await stage.perform(district.actor, writing.discard, { resourceId: id, expectedVersion: 1 });
      const own = { method: 'GET', url: '/api/submissions?side=own' } as const;
      const { items } = await ask<{ items: Submission[] }>(bureauEditor, own);
      expect(items.find((one) => one.id === submissionId)).toMatchObject({
        state: 'withdrawn',
        reason: '稿件已删除。',
      });
    });

    it('is counted by unit and month, and refused where the unit writes itself or no portal is', async () => {
      const target = await portalColumn('统计');
      const id = await ofBureau();
      await ask(bureauEditor, offer(id, target), 201);
      const figures = (query: string) =>
        ({ method: 'GET', url: `/api/submission-figures?${query}` }) as const;
      const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
      const rows = await ask<SubmissionFigure[]>(operator, figures(`from=${month}&to=${month}`));
      expect(rows).toMatchObject([
        { unitName: '区教育局', month, offered: 6, adopted: 1, returned: 1, withdrawn: 3, waiting: 1 },
      ]);
      expect(await ask<SubmissionFigure[]>(portalEditor, figures(`from=${month}&to=${month}`))).toEqual([]);
      expect(await refusal(operator, figures('from=2026-05&to=2026-01'))).toBe('sites.month-wrong');
      const sheet = await app.inject({
        method: 'GET',
        url: `/api/submission-figures.xlsx?from=${month}&to=${month}`,
        headers: operator,
      });
      expect(sheet.rawPayload.subarray(0, 2).toString()).toBe('PK');
      expect(await refusal(bureauEditor, offer(id, source))).toBe('sites.portal-column-required');
      const own = await aPublished(stage, district.actor, {
        unitId: district.office.id,
        columnIds: [target],
      });
      expect(await refusal(portalEditor, offer(own, target))).toBe('sites.submission-own');
    });
  });

  describe('共建: by several units', () => {
    const writers = (columnId: string, unitIds: readonly string[]) =>
      ({ method: 'PUT', url: `/api/columns/${columnId}/writers`, payload: { unitIds } }) as const;
    const removal = (columnId: string, resourceId: string) =>
      ({
        method: 'POST',
        url: `/api/columns/${columnId}/listings/${resourceId}/removal`,
        payload: { reason: '与栏目主题不符' },
      }) as const;

    it('lets units place what is theirs, and whoever answers for the column take it out again', async () => {
      const target = await portalColumn('基层治理');
      const id = await aDraft(stage, district.actor, { unitId: district.bureau.id });
      const placing = {
        method: 'PUT',
        url: `/api/resources/${id}/placements`,
        payload: { columnIds: [target] },
      } as const;
      expect(await refusal(bureauEditor, placing)).toBe('sites.column-out-of-scope');
      const set = await ask<ColumnWays>(operator, writers(target, [district.bureau.id]));
      expect(set.writers).toEqual([{ unitId: district.bureau.id, unitName: '区教育局' }]);
      expect((await ask<Address>(bureauEditor, placing)).placements).toMatchObject([
        { columnId: target, isMain: true },
      ]);
      await edit(stage, district.actor, id, someContent({ title: '平安校园建设' }));
      await publish(stage, district.actor, id);
      expect(await pageOf(target)).toContain('平安校园建设');
      await exact();
      expect(await refusal(bureauEditor, removal(target, id))).toBe('sites.column-out-of-scope');
      // Its only place: this is a withdrawal, which also ends what is signed for later.
      await edit(stage, district.actor, id, someContent({ title: '平安校园建设' }));
      await publish(stage, district.actor, id);
      await db
        .updateTable('library.resource')
        .set((is) => ({ signed_revision_id: is.ref('live_revision_id'), stage: 'scheduled' }))
        .where('id', '=', id)
        .execute();
      expect(await refusal(portalEditor, removal(target, id))).toBe('sites.entry-only-place');
      await ask(portalPrincipal, removal(target, id), 204);
      const standing = db.selectFrom('library.resource').select(['stage', 'signed_revision_id']);
      expect(await standing.where('id', '=', id).executeTakeFirst()).toEqual({
        stage: 'withdrawn',
        signed_revision_id: null,
      });
      expect(await pageOf(target)).not.toContain('平安校园建设');
      await exact();
      expect(await refusal(portalPrincipal, removal(target, id))).toBe('sites.listing-not-found');
      const bureau = await anAccount(db, { unit: district.bureau, roles: ['editor'] });
      expect(await waysTasks({ db, actor: bureau.actor, now: new Date() })).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            kind: 'entry-removed',
            title: '平安校园建设',
            detail: expect.stringContaining('与栏目主题不符') as string,
          }),
        ]),
      );
    });

    it('takes an entry out of this column alone where it has others, also what a rule brought in', async () => {
      const target = await portalColumn('典型经验');
      await ask(operator, writers(target, [district.bureau.id]));
      const placed = await ofBureau({ title: '经验一' }, [source, target]);
      await ask(portalEditor, removal(target, placed), 204);
      expect(await pageOf(target)).not.toContain('经验一');
      expect(await pageOf(source)).toContain('经验一');
      const mapped = await ofBureau({ title: '经验二' });
      const rule = { ...anyMapping, columnId: target, sourceColumnId: source, keyword: '经验' };
      await ask(operator, { method: 'POST', url: '/api/mapping-rules', payload: rule }, 201);
      await settleRules(stage);
      expect(await pageOf(target)).toContain('经验二');
      // Several rules may want it: one shows it, none asks for it, and none brings it back.
      const second = { ...rule, sourceColumnId: null, unitId: district.bureau.id };
      await ask(operator, { method: 'POST', url: '/api/mapping-rules', payload: second }, 201);
      const asking = { ...second, keyword: null, mode: 'confirmed' };
      await ask(operator, { method: 'POST', url: '/api/mapping-rules', payload: asking }, 201);
      await settleRules(stage);
      const matches = { method: 'GET', url: '/api/mapping-matches?limit=100' } as const;
      const { items } = await ask<{ items: MappingMatch[] }>(portalEditor, matches);
      expect(items.map((one) => one.title)).not.toContain('经验二');
      await ask(portalEditor, removal(target, mapped), 204);
      expect(await pageOf(target)).not.toContain('经验二');
      await place(stage, district.actor, mapped, [source]);
      expect(await pageOf(target)).not.toContain('经验二');
      await exact();
    });

    it('is of the portal alone, by units that are there', async () => {
      const target = await portalColumn('共建规则');
      expect(await refusal(operator, writers(source, [district.office.id]))).toBe(
        'sites.portal-column-required',
      );
      expect(await refusal(operator, writers(target, [district.office.id]))).toBe('sites.writer-wrong');
      expect(await refusal(operator, writers(target, ['987654321']))).toBe('sites.writer-wrong');
      expect(await refusal(portalEditor, writers(target, []))).toBe('sites.operator-required');
    });
  });
});
