/** Surnames that nearly everybody has. Those that are words of official texts (和, 时, 水, 全) are left out. */
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石' +
  '金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤康易乔文赖柯洪施牛樊葛欧庞聂章鲁翁倪庄' +
  '温芦俞关安殷颜骆涂焦祝詹左岳凌万甘裴童岑辛古伍齐毕邢柳解游耿卓申蒲凤宁饶阮季尤桂纪舒屈项成梅柴单苗谷冉蓝褚符卞柏包喻吉房隋宫连封' +
  '揭占帅晏査查闵闻翟桑简卜冷';
const doubleSurnames = '欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|端木|司徒';
const name = `(?:(?:${doubleSurnames})[\\u4e00-\\u9fa5]{1,2}|[${surnames}][\\u4e00-\\u9fa5]{1,2})`;

/** Two and three signs that begin like a name and are none. */
const words = new Set(
  (
    '方案 方式 方法 方面 时间 单位 单价 单元 单项 高中 高校 高度 高新 安全 安置 安装 安排 金额 余额 余款 常务 常年 常见 常住 江西 江苏 江州 江边 江北 江南 黄山 温度 温泉 石油 石化 严重 ' +
    '严格 任职 任务 任期 任命 成立 成员 成绩 成果 成本 成交 程序 程度 包括 包装 包含 白天 毛重 毛利 关于 关系 关键 关注 计划 项目 项次 文化 文件 文号 文书 文本 万元 万人 万户 易地 ' +
    '查询 查看 查阅 武汉 武装 章程 解释 解决 解除 解读 宁波 宁夏 安徽 安庆 广东 连接 连续 连同 封面 游客 向上 向社会 符合 温馨 纪检 纪委 纪律 纪念 顾客 顾问 施工 施行 史料 夏季 秋季 冬季 ' +
    '申请 申报 申请人 申领 申办 成人 房屋 房产 房号 房租 房间 房地产 康复 康养 苗木 苗圃 谷物 金融 金属 左右 左侧 于是 于每 何时 何地 何人 白色 黄色 蓝色 马路 马上 龙头 钱款 车辆 古树 宫内 ' +
    '辛苦 康乐 牛奶 牛肉 连锁 简介 简历 简单 简称 冷链 冷库 桑拿 单据 单独 游泳 游园 包干 吉安 洪水 洪涝 凌晨 平方 石材 石料 陆续 陆地 万股 万平 万吨 成都 温州 金华 江山 常州 常德 安阳 ' +
    '章节 章程 项下 项规定 关工委 关爱 关心 文明 文艺 文旅 施救 施策 武术 武警 向导 向日葵 龙舟 庄稼 庄园 花园 易燃 易爆 解答 解放 解聘 严禁 严控 严肃 汤类 汽车 顾虑 高级 高等 高压 高温 ' +
    '纪要 柏油 林业 林地 林场 林权 林木 田地 田间 田园 石头 叶片 古建 段落 白酒 钟头 钟点 夏令 程控 简易 简报 余下 余人 余万 余亩 方便 方向 方可 方米 尤其 任何 任意 任免 任用 何种 何况 丁字 洪峰 宋代 张家 邵阳 岳阳 沈阳 洛阳 贺州 柳州 梅州 柳市 康定 安康 武威 宁德 宁都 万年 吉水 石城 龙南 ' +
    '唐代 明代 周一 周二 周三 周四 周五 周六 周日 周末 周边 周围 周期 周年 周岁 马达 史无 路段 孔径 孔子 柴油 柴火 成为 成功 成品 连带 常规 常设 常委 常用 温室 康健 龙虾 牛羊 鲁班 施肥 安监 安保 安防'
  ).split(' '),
);
/** What names of offices, things and places end with, and those of people hardly ever do. */
const wordEnd =
  /[局办委科室处站所院校厂店市县区镇乡村路街省部队组号费额款案表书证率量数类型期度级点址话栏项目者的了在和与及或为至到市商社行司里道口桥湖山河上下内外中后前间]$/u;

/** `李某` is nobody that one could find. */
const isName = (text: string): boolean =>
  !text.includes('某') && !words.has(text) && !words.has(text.slice(0, 2)) && !wordEnd.test(text);

const edge = `[\\s,，、:：;；。．.()（）“”"'《》|/\\[\\]【】-]`;
/** What may follow a name at once: how somebody is spoken of, and what is told of a person. */
const afterName =
  '(?:先生|女士|同志|同学|师傅|老师|医生|老人|男|女|家住|现住|住址|住在|住|系|身份证|身份号|公民身份|电话|手机|联系|邮箱|号码|来电|来信|的|等|（|\\()';
const aName = new RegExp(`(?<=^|${edge}|[向与由给找是的至])(${name})(?=$|${edge}|${afterName})`, 'gu');
/** `村民张桂兰`, `户主：李…`: whoever is called so is a private person. */
const called =
  '(?:姓名|名字|申请人|户主|家长|学生|患者|病人|当事人|被申请人|信访人|投诉人|举报人|来信人|受助人|救助对象|低保对象|低保户|脱贫户|贫困户|村民|居民|住户|业主|房主|产权人|权利人|被征收人|监护人|家属|本人|机主|持卡人|开户人|收款人|储户|考生|应聘者|候选人|报名人|寄件人|收件人|承租人|租户|房东|退役军人|参保人|死者|伤者|职工|母亲|父亲|配偶|丈夫|妻子|儿子|女儿|子女)';
const aCalledName = new RegExp(`${called}\\s{0,3}[:：为是]?\\s{0,3}(${name})`, 'gu');

/** Whether a stretch of a text names a private person. */
export function namesPerson(text: string): boolean {
  return hasName(text, aCalledName) || hasName(text, aName);
}

/** Whether it names somebody by what they are to the office: the one who applied, a villager, a parent. */
export const namesPrivatePerson = (text: string): boolean => hasName(text, aCalledName);

function hasName(text: string, pattern: RegExp): boolean {
  for (const [, found = ''] of text.matchAll(pattern)) {
    if (isName(found) || (found.length > 2 && isName(found.slice(0, -1)))) return true;
  }
  return false;
}

/** Words of an office or a firm: a number beside them is theirs. */
const institution =
  /局|委员会|办公|政府|街道办|中心|公司|科室|窗口|大厅|医院|学校|小学|中学|幼儿园|大学|银行|支行|居委会|村委会|支队|大队|派出所|法院|检察院|协会|联合会|超市|集团|工厂|服务站|单位|采购|代理|招标|投标|机构|部门|值班|热线|咨询|监督|举报|传真|受理|客服|投稿|征求|意见|联系人|经办人|承办|负责人|责编|编辑部|合作社|企业|项目部|党支部|管委会|业务|报名|办事处|科[长员]|主任|处长|局长|科：|门诊|药店|联系方式|邮寄|仓库|处(?=[\s，、：:（(）)]|$)/u;
export const namesInstitution = (text: string): boolean => institution.test(text);
