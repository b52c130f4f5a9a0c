import { beforeAll, describe, expect, it } from 'vitest';

import type { SuggestedKeywords, SuggestedSummary } from '../../../contracts/describing.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { askedDuring } from '../../../test/asked.ts';
import { aDatabase } from '../../../test/harness.ts';
import { followFeed } from '../library/index.ts';
import { addTerm } from '../vocabulary/index.ts';
import { systemActor } from '../../platform/context.ts';
import { type ChineseWords, loadChineseWords } from '../../platform/chinese-words.ts';
import { countWords, describingRoutes } from './index.ts';

const chinese = loadChineseWords();
const words = () => chinese;

describe('what is suggested from a text', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [describingRoutes(words)]);
  let district: TestDistrict;
  let columnId: string;
  let editor: Record<string, string>;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
  });

  const content = (title: string, ...lines: string[]) => ({ title, body: aBody(...lines) });
  const draft = (title: string, ...lines: string[]) =>
    aDraft(stage, district.actor, { unitId: district.office.id, content: content(title, ...lines) });
  const published = (title: string, ...lines: string[]) =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [columnId],
      content: content(title, ...lines),
    });
  const ask = async <T>(id: string, what: string): Promise<T> => {
    const answer = await app.inject({ url: `/api/resources/${id}/suggested-${what}`, headers: editor });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<T>();
  };
  const keywordsOf = async (id: string) => (await ask<SuggestedKeywords>(id, 'keywords')).keywords;
  const summaryOf = async (id: string) => (await ask<SuggestedSummary>(id, 'summary')).summary;
  const countAll = async (most?: number) => {
    while ((await countWords({ db, words, ...(most === undefined ? {} : { most }) })) === 'more');
  };
  const frequencies = async () => {
    const rows = await db.selectFrom('describing.word_frequency').selectAll().orderBy('word').execute();
    return rows.map((row) => `${row.word} ${String(row.documents)}`);
  };
  /** The same from the beginning. */
  const countedAnew = async () => {
    await db.deleteFrom('describing.counted_text').execute();
    await db.deleteFrom('describing.word_frequency').execute();
    await db.deleteFrom('platform.setting').where('name', 'like', 'describing.%').execute();
    await countAll();
    return frequencies();
  };

  it('keywords say what it is about, before the library is large, and never the own name or what is there', async () => {
    const lines = [
      '区政府办公室对招用就业困难人员的小微企业给予社会保险补贴和稳岗补贴。',
      '小微企业申请社会保险补贴的，向街道办事处提交申请。2026年3月1日起受理，共12项。',
    ];
    const id = await draft('关于小微企业社会保险补贴的通知', ...lines);
    const suggested = await keywordsOf(id);
    expect(suggested).toContain('小微企业');
    expect(suggested.join()).toMatch(/社会保险补贴|社会保险/);
    expect(suggested).not.toContain('通知');
    expect(suggested.join()).not.toMatch(/办公室|\d/);
    expect(suggested.length).toBeLessThanOrEqual(8);
    await edit(stage, district.actor, id, {
      ...someContent(content('关于小微企业社会保险补贴的通知', ...lines)),
      keywords: ['小微企业'],
    });
    expect(await keywordsOf(id)).not.toContain('小微企业');
  });

  it('a synonym of a vocabulary gives way to its term', async () => {
    const operator = { ...systemActor('test'), roles: ['operator'] as const };
    await stage.perform(operator, addTerm, {
      vocabulary: 'topic',
      code: '9901',
      label: '桥梁养护',
      synonyms: ['桥梁', '危桥'],
      parent: null,
      validFrom: null,
    });
    const id = await draft('关于桥梁检测的公告', '全区桥梁汛前检测，桥梁名单见附表。', '桥梁检测期间限行。');
    const suggested = await keywordsOf(id);
    expect(suggested).toContain('桥梁养护');
    expect(suggested).not.toContain('桥梁');
    expect(suggested).not.toContain('危桥');
  });

  it('a word that everything in the library says is suggested no more', async () => {
    const text = [
      '督导员每日巡查小区，督导员在小区持证上岗，投放点配备洗手池。',
      '投放点的洗手池每日消毒，志愿者协助消毒，志愿者统一着装。',
    ];
    const id = await draft('关于督导员的公告', ...text);
    const before = (await keywordsOf(id)).indexOf('小区');
    expect(before).toBeGreaterThan(-1);
    // The dictionary counts like 500 texts, so the test's library has to say it very often.
    await db
      .insertInto('describing.word_frequency')
      .values({ word: '小区', documents: 400 })
      .onConflict((conflict) => conflict.column('word').doUpdateSet({ documents: 400 }))
      .execute();
    const after = (await keywordsOf(id)).indexOf('小区');
    expect(after === -1 || after > before).toBe(true);
    await countedAnew();
  });

  it('frequencies are those of what is public, however it came to be so', async () => {
    const one = await published('停车场收费办法', '停车场按小时收费，新能源汽车减半。');
    const other = await published('公园免费开放', '公园全年免费开放。');
    await draft('没有公开的草稿', '航天发射基地选址。');
    await countAll();
    expect(await frequencies()).toContain('停车场 1');
    expect((await frequencies()).join()).not.toMatch(/航天/);
    await edit(stage, district.actor, one, someContent(content('停车场收费办法', '停车场收费调整。')));
    await publish(stage, district.actor, one);
    await withdraw(stage, district.actor, other);
    await countAll();
    const followed = await frequencies();
    expect(followed.join()).not.toMatch(/公园|新能源/);
    expect(followed).toEqual(await countedAnew());
  });

  it('costs one short look while nothing has been published since everything was counted', async () => {
    await countAll();
    const follower = followFeed(db, () => countWords({ db, words }));
    expect(await follower.isWanted()).toBe(true);
    expect(await follower.step()).toBe(false);
    const asked = await askedDuring(async () => {
      expect(await follower.isWanted()).toBe(false);
    });
    expect(asked.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^select .* from library\.change$/),
    ]);
    await published('新公园开放', '公园全年免费开放。');
    expect(await follower.isWanted()).toBe(true);
    expect(await follower.step()).toBe(true);
  });

  it('a library that is too large is counted by a sample, and what leaves it leaves no trace', async () => {
    for (let at = 0; at < 8; at += 1) await published(`第${String(at)}号桥梁检测`, '桥梁检测结果良好。');
    await countAll();
    await countAll(3);
    const rows = await db.selectFrom('describing.counted_text').select('resource_id').execute();
    expect(rows.length).toBeLessThanOrEqual(3);
    const bridges = (await frequencies()).find((line) => line.startsWith('桥梁 '));
    expect(Number(bridges?.split(' ')[1] ?? 0)).toBeLessThanOrEqual(rows.length);
    await countedAnew();
  });

  it('a summary is made of its sentences and of nothing else', async () => {
    const sentences = [
      '为方便群众办事，区政府办公室决定自3月1日起在全部街道设立社保自助服务终端。',
      '自助服务终端可以打印社保缴费证明、查询养老保险待遇，每天开放十二小时。',
    ];
    const id = await draft(
      '关于设立社保自助服务终端的通知',
      '各街道办事处，区直各单位：',
      ...sentences,
      '现印发给你们，请认真贯彻执行。',
      '特此通知。',
      '2026年2月20日',
    );
    expect(await summaryOf(id)).toBe(sentences.join(''));
    expect(await summaryOf(await draft('只有标题', '附件：名单'))).toBe('');
  });

  it('of a text of a megabyte the beginning is read, a little at a time between whatever else is to do', async () => {
    const line = '区教育局组织全区中小学校开展校园食品安全专项检查，发现问题立即整改。';
    const id = await draft(
      '校园食品安全',
      ...Array.from({ length: 10_000 }, (_, at) => `${line}${String(at)}`),
    );
    let [all, sinceTurn, mostInTurn] = [0, 0, 0];
    const watched: ChineseWords = {
      ...chinese,
      tag: (text) => {
        all += text.length;
        sinceTurn += text.length;
        mostInTurn = Math.max(mostInTurn, sinceTurn);
        return chinese.tag(text);
      },
    };
    const watchedApp = aConsole({ db }, [describingRoutes(() => watched)]);
    let turning = true;
    // Whatever else this process has to do comes in turns of the same kind.
    const turn = (): void => {
      sinceTurn = 0;
      if (turning) setImmediate(turn);
    };
    turn();
    for (const what of ['keywords', 'summary']) {
      all = 0;
      const url = `/api/resources/${id}/suggested-${what}`;
      expect((await watchedApp.inject({ url, headers: editor })).statusCode).toBe(200);
      expect(all).toBeGreaterThan(50_000);
      expect(all).toBeLessThan(101_000);
    }
    turning = false;
    expect(mostInTurn).toBeLessThan(10_000);
  });

  it('is for those who may see the resource', async () => {
    const id = await draft('内部草稿', '区政府办公室的草稿，尚未公开。');
    const stranger = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
    for (const what of ['keywords', 'summary']) {
      const url = `/api/resources/${id}/suggested-${what}`;
      expect((await app.inject({ url, headers: stranger })).statusCode).toBe(404);
      expect((await app.inject({ url })).statusCode).toBe(401);
      expect((await app.inject({ url: `${url}?x=1`, headers: editor })).statusCode).toBe(400);
    }
  });
});
