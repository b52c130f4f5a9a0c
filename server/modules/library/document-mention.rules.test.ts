import { describe, expect, it } from 'vitest';

import { mentionsIn } from './document-mention.rules.ts';
import { documentName } from './document-name.rules.ts';

const told = (title: string, ...lines: readonly string[]) =>
  mentionsIn({ title, text: lines.join('\n') }).map(({ kind, name }) => `${kind} ${name}`);
const repealed = (line: string) => told('甲市新条例', line);

describe('the name of a document', () => {
  it('is the same for its versions and however it is cited', () => {
    const names = ['中华人民共和国水法', '水法', '《水法》', '水法（2016年修正）', '水 法'];
    expect(new Set(names.map(documentName))).toEqual(new Set(['水法']));
  });

  it('keeps what tells documents of one series apart', () => {
    const names = [
      '宪法修正案（1988年）',
      '宪法修正案（1993年）',
      '关于水法的解释（一）',
      '关于水法的解释（二）',
      '水法（试行）',
    ];
    expect(new Set(names.map(documentName)).size).toBe(5);
  });
});

describe('what a document says of others', () => {
  it('is read from its closing article, with when the old one was issued and since when it holds no more', () => {
    const text =
      '第九条 本条例自2020年1月1日起施行。2005年3月1日市政府发布的《甲市旧条例》（令第3号）同时废止。';
    expect(mentionsIn({ title: '甲市新条例', text })).toEqual([
      expect.objectContaining({
        ...{ kind: 'repeals', name: '甲市旧条例', issuedOn: '2005-03-01', before: '2020-01-01' },
        evidence: '2005年3月1日市政府发布的《甲市旧条例》（令第3号）同时废止。',
      }),
    ]);
  });

  it('leaves a day out that no calendar has', () => {
    const text = '本条例自2020年2月30日起施行。2005年13月1日发布的《甲市旧条例》同时废止。';
    expect(mentionsIn({ title: '甲市新条例', text })).toMatchObject([{ issuedOn: null, before: null }]);
  });

  it('may be a list, with who issued each', () => {
    expect(
      repealed(
        '1998年5月14日发布的《甲市甲规定》和2007年1月2日某部印发的《甲市乙规定》、《甲市丙规定》同时废止。',
      ),
    ).toEqual(['repeals 甲市丙规定', 'repeals 甲市乙规定', 'repeals 甲市甲规定']);
  });

  it('holds for whole documents only, and not for what is a ground or was ended by others', () => {
    const nothing = [
      '《甲市旧条例》中关于收费的规定同时废止。',
      '《甲市旧条例》第三条同时废止。',
      '《甲市旧条例》废止后，按照本条例执行。',
      '1999年《关于废止〈甲市旧条例〉的决定》修正',
      '股东可以依照《民事诉讼法》的程序请求宣告该股票失效。',
      '《甲市旧条例》已经废止。',
    ];
    for (const line of nothing) expect(repealed(line), line).toEqual([]);
    expect(repealed('根据《甲市立法条例》，《甲市旧条例》自即日起废止。')).toEqual(['repeals 甲市旧条例']);
  });

  it('stands in the title of a decision, and line by line in one about many', () => {
    expect(told('甲市政府关于修改《甲市旧条例》的决定')).toEqual(['amends 甲市旧条例']);
    expect(told('甲市政府关于废止《甲市旧条例》等两件文件的决定', '一、《甲市甲规定》', '二、其他')).toEqual([
      'repeals 甲市旧条例',
      'repeals 甲市甲规定',
    ]);
    const lines = [
      '一、修改《甲市甲规定》',
      '将第一条修改为：“依据《甲市乙规定》执行。”',
      '（二）对《甲市丙规定》作如下修改：',
    ];
    expect(told('甲市政府关于修改部分文件的决定', ...lines)).toEqual([
      'amends 甲市甲规定',
      'amends 甲市丙规定',
    ]);
    // Who does both says in each sentence which.
    expect(told('甲市政府关于修改和废止部分文件的决定', '一、《甲市甲规定》')).toEqual([]);
  });

  it('names an own document without who issued it', () => {
    const title = '最高法院、最高检察院关于修改《关于办理甲案件的解释》的决定';
    expect(told(title)).toEqual(['amends 最高法院最高检察院关于办理甲案件的解释']);
  });

  it('is told by an amendment of a law', () => {
    expect(told('中华人民共和国刑法修正案（十一）')).toEqual(['amends 刑法']);
  });
});
