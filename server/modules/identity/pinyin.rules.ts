// Where each syllable begins when characters are sorted by pronunciation: a character belongs to the last
// syllable whose first character does not come after it. The order itself is the runtime's (ICU).
const beginnings =
  'a阿ai哎an安ang肮ao凹ba八bai挀ban扳bang邦bao勹bei卑ben奔beng伻bi屄bian边biao灬bie憋bin汃bing冫bo癶' +
  'bu峬ca嚓cai偲can参cang仓cao撡ce冊cen嵾ceng曽cha叉chai芆chan辿chang伥chao抄che车chen抻cheng阷chi吃' +
  'chong充chou抽chu出chuai揣chuan巛chuang刅chui吹chun旾chuo逴ci呲cong匆cou凑cu粗cuan汆cui崔cun邨cuo搓' +
  'da咑dai呆dan丹dang当dao刀de嘚den扥deng灯di氐dian甸diao刁die爹ding丁diu丟dong东dou吺du厾duan耑dui垖' +
  'dun吨duo多e妸ei诶en奀eng鞥er儿fa发fan帆fang匚fei飞fen分feng丰fiao覅fo仏fou紑fu夫ga旮gai侅gan甘gang冈' +
  'gao皋ge戈gei给gen根geng刯gong工gou勾gu估gua瓜guai乖guan关guang光gui归gun丨guo呙ha哈hai咍han佄hang夯' +
  'hao茠he诃hei黒hen拫heng亨hm噷hong叿hou齁hu乎hua花huai怀huan欢huang巟hui灰hun昏huo吙ji丌jia加jian戋' +
  'jiang江jiao艽jie阶jin巾jing坕jiong冂jiu丩ju凥juan姢jue噘jun军ka咔kai开kan刊kang忼kao尻ke匼ken肎' +
  'keng劥kong空kou抠ku扝kua夸kuai蒯kuan宽kuang匡kui亏kun坤kuo扩la垃lai来lan兰lang啷lao捞le仂lei勒leng崚' +
  'li哩lia俩lian奁liang良liao撩lie毟lin拎ling伶liu溜lo囖long龙lou瞜lu噜lv驴luan娈lve掠lun抡luo罗m呣ma妈' +
  'mai埋man嫚mang牤mao猫me么mei呅men门meng甿mi咪mian宀miao喵mie乜min民ming名miu谬mo摸mou哞mu毪na拏nai腉' +
  'nan囡nang囔nao孬ne疒nei娞nen恁neng能ni妮nian拈niang娘niao鸟nie捏nin囜ning宁niu妞nong农nou羺nu奴nv女' +
  'nuan奻nve疟nun黁nuo挪o喔ou讴pa妑pai拍pan眅pang乓pao抛pei呸pen喷peng匉pi丕pian囨piao剽pie氕pin姘' +
  'ping乒po钋pou剖pu仆qi七qia掐qian千qiang呛qiao悄qie苆qin亲qing靑qiong卭qiu丘qu区quan峑que缺qun夋ran呥' +
  'rang穣rao娆re惹ren人reng扔ri日rong茸rou厹ru邚rua挼ruan堧rui婑run瞤ruo捼sa仨sai毢san三sang桒sao掻se閪' +
  'sen森seng僧sha杀shai筛shan山shang伤shao弰she奢shen申sheng升shi尸shou収shu书shua刷shuai衰shuan闩' +
  'shuang双shui脽shun吮shuo说si厶song忪sou捜su苏suan狻sui夊sun孙suo唆ta他tai囼tan坍tang汤tao夲te忑' +
  'teng熥ti剔tian天tiao旫tie帖ting厅tong囲tou偷tu凸tuan湍tui推tun吞tuo乇wa穵wai歪wan弯wang尣wei危wen昷' +
  'weng翁wo挝wu乌xi夕xia虲xian仙xiang乡xiao灱xie些xin心xing星xiong凶xiu休xu吁xuan吅xue削xun坃ya丫yan恹' +
  'yang央yao幺ye倻yi一yin囙ying应yo哟yong佣you优yu扜yuan囦yue曰yun晕za帀zai災zan兂zang匨zao傮ze则zei贼' +
  'zen怎zeng増zha扎zhai捚zhan沾zhang张zhao佋zhe蜇zhen贞zheng争zhi之zhong中zhou州zhu朱zhua抓zhuai拽' +
  'zhuan专zhuang妆zhui隹zhun宒zhuo卓zi乲zong宗zou邹zu租zuan钻zui厜zun尊zuo昨';

/** Characters whose most usual reading is not the one in a name, or not the one they are sorted by. */
const otherwise: Readonly<Record<string, string>> = {
  曾: 'zeng',
  沈: 'shen',
  单: 'shan',
  仇: 'qiu',
  解: 'xie',
  查: 'zha',
  盖: 'ge',
  乐: 'yue',
  长: 'chang',
  莘: 'xin',
  筠: 'yun',
};

const collator = new Intl.Collator('zh-u-co-pinyin');
const syllables = [...beginnings.matchAll(/([a-z]+)([^a-z])/gu)].map(([, syllable = '', first = '']) => ({
  syllable,
  first,
}));

function syllableOf(character: string): string {
  const known = otherwise[character];
  if (known !== undefined) return known;
  if (!/\p{Script=Han}/u.test(character)) return '';
  let low = 0;
  let high = syllables.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (collator.compare(syllables[middle]?.first ?? '', character) <= 0) low = middle + 1;
    else high = middle;
  }
  return syllables[low - 1]?.syllable ?? '';
}

/** `欧阳小明` → `ouyangxiaoming`; good enough to see a name in a password, not for spelling anybody's name. */
export function pinyinOf(name: string): string {
  return Array.from(name, syllableOf).join('');
}
