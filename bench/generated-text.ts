const places = '浔阳区 各街道 各社区 城东片区 滨江新区 老城区 工业园区 各行政村 重点企业 中小学校'.split(' ');
const actors =
  '区教育局 区卫生健康委 区住房城乡建设局 区市场监管局 区应急管理局 区农业农村局 区财政局 区民政局 区人力资源社会保障局 区生态环境局'.split(
    ' ',
  );
const verbs =
  '组织开展 督促落实 统筹推进 依法查处 定期公布 及时受理 严格审核 全面排查 规范管理 加快建设'.split(' ');
const objects =
  '安全生产检查 老旧小区改造 义务教育招生 基层医疗服务 困难群众救助 食品抽样检验 行政许可事项 排水管网工程 污水处理设施 财政专项资金 就业技能培训 防汛抢险演练 农田水利项目 养老服务补贴 营商环境评价 不动产登记 城市道路养护 消防通道整治'.split(
    ' ',
  );
const conditions =
  '自收到申请之日起十五个工作日内 在规定的期限内 根据有关法律法规的规定 按照谁主管谁负责的原则 结合本地实际 经本级人民政府批准后 除涉及国家秘密外 在充分听取意见的基础上'.split(
    ' ',
  );
const kinds = ['通知', '公告', '实施方案', '工作要点', '管理办法', '情况通报'];

/** The same seed gives the same numbers on every machine. */
function createDice(seed: number): (sides: number) => number {
  let state = (seed % 2_147_483_646) + 1;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

export interface Passage {
  readonly title: string;
  readonly text: string;
}

/** Believable and meaningless: the text of document `number`, the same in every run. */
export function generatedPassage(number: number): Passage {
  const roll = createDice(number * 7919 + 17);
  const pick = (list: readonly string[]): string => list[roll(list.length)] ?? '';
  const sentence = (): string =>
    `${pick(actors)}应当${pick(conditions)}，在${pick(places)}${pick(verbs)}${pick(objects)}和${pick(objects)}工作。`;
  const paragraph = (): string => Array.from({ length: 2 + roll(4) }, sentence).join('');
  return {
    title: `关于${pick(verbs)}${pick(objects)}的${pick(kinds)}（第${String(number + 1)}号）`,
    text: Array.from({ length: 2 + roll(5) }, paragraph).join('\n\n'),
  };
}
