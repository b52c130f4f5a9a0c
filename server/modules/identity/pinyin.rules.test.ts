import { expect, it } from 'vitest';

import { pinyinOf } from './pinyin.rules.ts';

it('reads the hundred commonest surnames', () => {
  const surnames =
    '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
  expect(Array.from(surnames, pinyinOf).join(' ')).toBe(
    'wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao cheng cao yuan deng xu fu shen zeng peng lv su lu jiang cai jia ding wei xue ye yan yu pan du dai xia zhong wang tian ren jiang fan fang shi yao tan liao zou xiong jin lu hao kong bai cui kang mao qiu qin jiang shi gu hou shao meng long wan duan lei qian tang yin li yi chang wu qiao he lai gong wen',
  );
});

it('reads given names', () => {
  const names =
    '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志鑫宇轩欣怡子涵浩然雪梅红云飞鹏斌辉倩婷琳晨贝兰能那';
  expect(Array.from(names, pinyinOf).join(' ')).toBe(
    'wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xiu xia ping gang gui ying hua jian guo zhi xin yu xuan xin yi zi han hao ran xue mei hong yun fei peng bin hui qian ting lin chen bei lan neng na',
  );
});

it('leaves out what is no Chinese character', () => {
  expect(pinyinOf('Anna·王x')).toBe('wang');
});
