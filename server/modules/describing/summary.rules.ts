/** A sentence of a text that may stand in its summary. */
export interface Sentence {
  readonly text: string;
  /** Which paragraph of the text it is from, the first being 0. */
  readonly paragraph: number;
}

const sentenceEnd = /(?<=[。！？!?][”’」』）)]*)(?![”’」』）)。！？!?])/u;
/** `一、`, `（二）`, `3.`, `第四条 `: what numbers a paragraph is no part of what it says. */
const numbering =
  /^(?:第[一二三四五六七八九十百零〇\d]+[条章节款]\s+|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)][、.．]?|\d{1,2}[.．、](?!\d)|[①-⑳])\s*/u;
const shortestSentence = 14;
/** A numbered sentence that is so short names what follows. */
const longestRunIn = 26;
const documentNumber =
  /^[\p{Script=Han}\s]{1,20}[〔[［(（]\s*(?:19|20)\d{2}\s*[〕\]］)）]\s*(?:第)?\s*\d{1,5}\s*号$/u;
const day =
  /^(?:\d{4}|[一二〇○零]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$/u;
/** Sentences of form: they hand the document over, and say nothing of what is in it. */
const formality =
  /印发给你们|现予印发|现印发|现转发|转发给你们|特此(?:通知|通告|公告|函告|函复|报告|批复|公示|说明)|请遵照执行|请认真贯彻|请结合实际|请各.{0,12}(?:认真|抓好)(?:贯彻|落实|组织)|此件(?:公开|主动|依申请)|(?:如下|以下|下列)[：:]?[。]?$|^(?:附件|附|联系人|联系电话|联系方式|电话|传真|地址|邮箱|来源|作者|编辑|责任编辑|责编|记者|抄送|主题词|索引号|发布时间|发布日期|时间|延伸阅读|版权声明)[：:\s]|凡注明来源|(?:版权|著作权)(?:均)?(?:属|归)|^（?[(（]?完[）)]?$|点击(?:查看|下载|阅读)|扫(?:描|码)|本(?:办法|规定|细则|意见|通知|方案|条例|规则|制度)(?:由.{1,30}负责解释|自.{1,30}(?:起|后)(?:施行|实施|执行))/u;

/** Sentences without salutations, document numbers, headings, signatures and sentences of form. */
export function sentencesIn(paragraphs: readonly string[]): readonly Sentence[] {
  return paragraphs.flatMap((whole, paragraph) => {
    const line = whole.trim();
    if (documentNumber.test(line) || day.test(line)) return [];
    return line
      .split(sentenceEnd)
      .map((one) => one.trim())
      .filter((one) => says(one))
      .map((text) => ({ text: text.replace(numbering, ''), paragraph }));
  });
}

/** Headings, salutations and signatures end without a full stop; `各有关单位：` ends with a colon. */
function says(sentence: string): boolean {
  if (!/[。！？!?][”’」』）)]*$/u.test(sentence) || sentence.length < shortestSentence) return false;
  if (numbering.test(sentence) && sentence.length <= longestRunIn) return false;
  return !formality.test(sentence);
}

export interface SummaryWish {
  /** Words of each sentence, in the order of the sentences; without those that say nothing. */
  readonly words: readonly (readonly string[])[];
  readonly titleWords: ReadonlySet<string>;
  readonly rarity: (word: string) => number;
  /** How many characters it may have. */
  readonly longest: number;
}

/** Enough to know whether to open the page; more is read there. */
const usualLength = 200;
const mostSentences = 3;
/** Two sentences that share so much of their words say the same. */
const mostShared = 0.5;

/** The sentences that say most of what the text says, in their order; empty when none fits. */
export function summarise(sentences: readonly Sentence[], wish: SummaryWish): string {
  const { words, titleWords, rarity, longest } = wish;
  const inAll = new Map<string, number>();
  for (const word of words.flat()) inAll.set(word, (inAll.get(word) ?? 0) + 1);
  const weightOf = (word: string): number =>
    Math.log2(1 + (inAll.get(word) ?? 0)) * rarity(word) * (titleWords.has(word) ? 2 : 1);
  const ranked = sentences
    .map((sentence, at) => {
      const own = new Set(words[at]);
      const weight = [...own].reduce((sum, word) => sum + weightOf(word), 0) / Math.sqrt(8 + own.size);
      return { ...sentence, at, own, score: weight * placeBonus(at, sentences.length) };
    })
    .sort((one, other) => other.score - one.score || one.at - other.at);
  const chosen: (typeof ranked)[number][] = [];
  let length = 0;
  for (const one of ranked) {
    if (chosen.length >= mostSentences) break;
    const most = chosen.length === 0 ? longest : Math.min(longest, usualLength);
    if (length + one.text.length > most) continue;
    if (chosen.some((other) => shareOf(one.own, other.own) > mostShared)) continue;
    chosen.push(one);
    length += one.text.length;
  }
  return chosen
    .sort((one, other) => one.at - other.at)
    .map((one) => one.text)
    .join('');
}

/** A text says first what it is about. */
function placeBonus(at: number, all: number): number {
  if (at === 0) return 1.8;
  return at < 3 ? 1.4 : 1.2 - (0.4 * at) / all;
}

function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  return common / Math.max(1, Math.min(one.size, other.size));
}
