import type { Entry, Picture } from '../page-types.ts';

export function entry(title: string, day: string, more: Partial<Entry> = {}): Entry {
  const stamp = day.replaceAll('-', '');
  return { title, day, url: `/zwzx/xyyw/${stamp.slice(0, 6)}/t${stamp}_${title.length}.html`, ...more };
}

export function picture(name: string, alt: string): Picture {
  return { url: `/files/${name}.svg`, alt, width: 960, height: 540 };
}

export const news: readonly Entry[] = [
  entry('滨江生态步道三期建成开放，全线贯通 12.6 公里', '2026-11-21', {
    picture: picture('riverside', '江边步道上的行人和芦苇'),
  }),
  entry('区政府常务会议研究冬季民生保障和安全生产工作', '2026-11-20', {
    summary: '会议强调，要抓紧抓细供热供气、困难群众救助和防火防灾各项工作，确保群众温暖安全过冬。',
  }),
  entry('老旧小区改造“回头看”：听居民说，帮居民改', '2026-11-19', {
    picture: picture('estate', '改造后的小区庭院'),
  }),
  entry('全区政务服务“一窗通办”事项增至 1,286 项', '2026-11-18'),
  entry('秋季校园食品安全专项检查覆盖全部中小学', '2026-11-17', {
    picture: picture('school', '检查人员在学校食堂查看台账'),
  }),
  entry('浔阳区举办民营企业座谈会，现场回应 17 件诉求', '2026-11-16'),
  entry('“15 分钟健身圈”再添 23 处社区运动场地', '2026-11-14', {
    picture: picture('sports', '居民在社区球场打羽毛球'),
  }),
  entry('区数字经济发展中心发布三季度数据资源开放清单', '2026-11-13'),
  entry('浔阳区第三届社区邻里节闭幕', '2026-11-11'),
  entry('冬季供气保障应急演练在白水湖举行', '2026-11-10'),
  entry('湓浦街道：小巷里的议事亭，大家的事大家议', '2026-11-12'),
];

export const notices: readonly Entry[] = [
  entry('浔阳区 2026 年第四季度公益性岗位招聘公告', '2026-11-20', { pinned: true }),
  entry('关于滨江路部分路段夜间封闭施工的通告', '2026-11-19'),
  entry('关于 2027 年城乡居民基本医疗保险参保缴费的通知', '2026-11-17'),
  entry('区级文物保护单位名录（第五批）公示', '2026-11-15'),
  entry('关于公开征求《浔阳区社区养老服务设施管理办法（征求意见稿）》意见的公告', '2026-11-12'),
  entry('关于开展冬季燃气安全入户检查的通知', '2026-11-10'),
];

export const policies: readonly Entry[] = [
  entry('浔阳区人民政府办公室关于印发浔阳区政府网站管理办法的通知', '2026-11-18'),
  entry('浔阳区促进个体工商户发展若干措施', '2026-11-09'),
  entry('浔阳区既有住宅加装电梯补贴实施细则', '2026-10-28'),
  entry('浔阳区城市更新三年行动方案（2025—2027 年）', '2026-10-15'),
  entry('浔阳区小微企业租金减免办法', '2025-12-30', { validity: 'expired' }),
];

export const interpretations: readonly Entry[] = [
  entry('一图读懂：加装电梯补贴怎么领、领多少', '2026-11-01'),
  entry('《浔阳区促进个体工商户发展若干措施》政策解读', '2026-11-10'),
  entry('问答：政府网站管理办法和您有什么关系', '2026-11-19'),
];
