import type { CharacterLore } from '../../server/modules/proofreading/alike-characters.ts';
import { SpellingTraining, type Trained } from '../../server/modules/proofreading/train-spelling.ts';

/** Who does what with what: a small language that is official enough. */
const subjects = ['各有关部门', '县级人民政府', '街道办事处', '主管机关', '建设单位', '社区居民委员会'];
const verbs = ['应当加强', '依法组织', '负责监督', '及时公开', '认真落实', '统一规范'];
const objects = [
  '安全生产管理',
  '市场监督检查',
  '信用信息公示',
  '公共卫生服务',
  '项目资金使用',
  '环境保护工作',
];
const ends = ['并报告结果', '并接受群众监督', '确保取得实效', '不得擅自变更'];

const readings: Readonly<Record<string, string>> = {
  ...{ 监: 'jian', 建: 'jian', 检: 'jian', 信: 'xin', 心: 'xin', 息: 'xi', 喜: 'xi', 欣: 'xin' },
  ...{ 公: 'gong', 工: 'gong', 生: 'sheng', 声: 'sheng', 产: 'chan', 管: 'guan', 官: 'guan' },
  ...{ 务: 'wu', 物: 'wu', 设: 'she', 社: 'she', 全: 'quan', 权: 'quan', 政: 'zheng', 证: 'zheng' },
};
const strokes: Readonly<Record<string, string>> = { 未: 'jjfsl', 末: 'jjfsl', 目: 'fcjjj', 自: 'sfcjjj' };

function smallLore(): CharacterLore {
  const letters = new Set([
    ...Object.keys(readings),
    ...Object.keys(strokes),
    ...'应当加强组织负责监督落实规范'.split(''),
  ]);
  return {
    readings: new Map([...letters].map((one) => [one.charCodeAt(0), [readings[one] ?? `own${one}`]])),
    strokes: new Map([...letters].map((one) => [one.charCodeAt(0), strokes[one] ?? 'jfsl'.repeat(9)])),
  };
}

/** Every sentence of it. */
export function* sentencesOfSmall(): Generator<string> {
  for (const subject of subjects) {
    for (const verb of verbs) {
      for (const object of objects) for (const end of ends) yield `${subject}${verb}${object}，${end}。`;
    }
  }
}

/** What is learned from seven in eight of its sentences. */
export function trainSmall(): Trained {
  const dictionary = new Map([
    ['信息', 900],
    ['欣喜', 300],
    ['监督', 800],
    ['公开', 500],
  ]);
  const limits = { places: 2 ** 16, trees: 20, depth: 3, sentences: 400, falseAlarms: 0.003 };
  const training = new SpellingTraining({ lore: smallLore(), dictionary }, limits);
  let number = 0;
  for (const sentence of sentencesOfSmall()) training.take(sentence, (number++ * 7) % 8 === 0);
  return training.finish();
}
