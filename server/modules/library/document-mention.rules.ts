import { isDay } from '../../../contracts/day.ts';
import { documentName, isTelling } from './document-name.rules.ts';
import type { Mention } from './version.types.ts';

export interface MentioningText {
  readonly title: string;
  /** Plain text, one paragraph a line. */
  readonly text: string;
}

/** Titles in book marks are taken out, so that a sentence can be read as a sentence: `⟦0⟧` stands for the first. */
interface Sentence {
  readonly words: string;
  readonly titles: readonly string[];
  readonly original: string;
}

const bookTitle = /《((?:[^《》]|《[^《》]*》)+)》/gu;
const mark = (number: number): string => `⟦${String(number)}⟧`;

function sentenceOf(original: string): Sentence {
  const titles: string[] = [];
  const words = original
    .replaceAll(bookTitle, (_, title: string) => mark(titles.push(title) - 1))
    // What stands in brackets (numbers of decrees, short names) does not change what a sentence says.
    .replaceAll(/[（(][^（）()]*[）)]/gu, '')
    .replaceAll(/\s+/gu, '');
  return { words, titles, original };
}

const dayPattern = /(\d{4})年(\d{1,2})月(\d{1,2})日/u;
const dayOf = (match: RegExpExecArray | null): string | null => {
  const [, year = '', month = '', day = ''] = match ?? [];
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // Texts that were scanned name days that no calendar has.
  return isDay(text) ? text : null;
};

/** The last day that is named in front of a title and behind the title before it. */
function issuedBefore(words: string): string | null {
  const days = [...words.matchAll(new RegExp(dayPattern, 'gu'))];
  return dayOf(days.at(-1) ?? null);
}

/** `本条例自2020年1月1日起施行`: what ends with that day is older than it. */
const effectiveDay =
  /(?:自|于|从)(\d{4})年(\d{1,2})月(\d{1,2})日(?:零时)?起?(?:正式)?(?:施行|实施|生效|执行)/u;

/** What may stand between two titles of one list: a comma, and who issued the second one when. */
const inOneList =
  /^(?:[、，,和及以与并]|原)+(?:[^。；]{0,150}(?:公布|发布|颁布|通过|批准|印发|制定|施行|实施|下发|修正|修订)[^。；、，]{0,30}的?)?$/u;
/** A title behind one of these is the ground of an act and not what it ends. */
const ground = /(?:根据|依据|依照|按照|除|参照|适用|执行)(?:[^⟦⟧，。]{0,40}的)?$/u;
const endsHere =
  /⟦(\d+)⟧(?:[，,])?(?:等(?:[^⟦⟧，。]{0,20}))?(?:(?:自|从)[^⟦⟧。]{0,30}(?:起|之日)[，,]?|同时|即行|即|予以|一律|一并|相应|随之|亦|也|均|现|不再施行)*(?:废止|失效|停止执行|作废)(?!后|前|之|的|以)/gu;
const endsThis = /(?:同时|现予以?|决定)废止(?:[^⟦⟧。；，]{0,60}的)?⟦(\d+)⟧(?!第|中)/gu;
const titleMark = /⟦(\d+)⟧/gu;

interface Place {
  readonly number: number;
  readonly at: number;
  readonly end: number;
}

const placesIn = (words: string): readonly Place[] =>
  [...words.matchAll(titleMark)].map((match) => ({
    number: Number(match[1]),
    at: match.index,
    end: match.index + match[0].length,
  }));

/** The titles that belong to one list with this one, in one direction, this one included. */
function listAround(words: string, places: readonly Place[], from: number, step: 1 | -1): readonly Place[] {
  const list: Place[] = [];
  for (let at = from; ; at += step) {
    const place = places[at];
    if (!place || ground.test(words.slice(0, place.at))) return list;
    list.push(place);
    const next = places[at + step];
    const between = next && words.slice(Math.min(place.end, next.end), Math.max(place.at, next.at));
    if (between === undefined || !inOneList.test(between)) return list;
  }
}

interface Found {
  readonly title: string;
  readonly issuedOn: string | null;
}

/** The titles that a sentence ends. */
function endedIn({ words, titles }: Sentence): readonly Found[] {
  const places = placesIn(words);
  const placeOf = (number: string | undefined): number =>
    places.findIndex((place) => place.number === Number(number));
  const ended = [
    ...[...words.matchAll(endsHere)].flatMap((match) => listAround(words, places, placeOf(match[1]), -1)),
    ...[...words.matchAll(endsThis)].flatMap((match) => listAround(words, places, placeOf(match[1]), 1)),
  ];
  return ended.map((place) => {
    const before = places.filter((one) => one.end <= place.at).at(-1)?.end ?? 0;
    return { title: titles[place.number] ?? '', issuedOn: issuedBefore(words.slice(before, place.at)) };
  });
}

/** `最高人民法院关于修改《关于审理…的解释》的决定` means one of its own: who issues it is said once. */
function citedName(title: string, citing: string): string {
  const issuer = /^(.{2,40}?)关于/u.exec(citing)?.[1];
  return documentName(title.startsWith('关于') && issuer !== undefined ? `${issuer}${title}` : title);
}

const mostEvidence = 300;
const shortened = (text: string): string => {
  const clean = text.trim().replaceAll(/\s+/gu, ' ');
  return clean.length <= mostEvidence ? clean : `…${clean.slice(1 - mostEvidence)}`;
};

/** Closing articles: `…公布的《甲》、《乙》同时废止`. */
function repealsInText({ title, text }: MentioningText): readonly Mention[] {
  return text.split('\n').flatMap((paragraph) => {
    if (!/废止|失效|停止执行|作废/u.test(paragraph) || !paragraph.includes('《')) return [];
    const before = dayOf(effectiveDay.exec(paragraph));
    return paragraph.split(/(?<=[。；])/u).flatMap((original) =>
      endedIn(sentenceOf(original)).map((found): Mention => ({
        kind: 'repeals',
        name: citedName(found.title, title),
        issuedOn: found.issuedOn,
        before,
        confidence: 95,
        evidence: shortened(original),
      })),
    );
  });
}

const decision = /关于(修改|修正|修订|废止)(.*)的?(?:决定|通知|公告|令)/u;

/** `关于修改《甲》的决定`, `关于废止《甲》等…的决定`: what the title itself names. */
function namedInTitle({ title }: MentioningText): readonly Mention[] {
  const [, verb, rest = ''] = decision.exec(title) ?? [];
  if (verb === undefined || /[和、]废止/u.test(rest)) return [];
  return sentenceOf(rest).titles.map((cited) => ({
    kind: verb === '废止' ? 'repeals' : 'amends',
    name: citedName(cited, title),
    issuedOn: null,
    before: null,
    confidence: 98,
    evidence: shortened(title),
  }));
}

const ordinal = String.raw`(?:第?[一二三四五六七八九十百零]+[、.．]|\d+[、.．]|[（(][一二三四五六七八九十百零\d]+[）)])?`;
const amendedLine = new RegExp(
  `^${ordinal}(?:修改|修订|将|对)?⟦0⟧(?:作(?:出)?(?:如下|以下)?修改.*|修改如下.*|第[^，。]{1,40}修改为.*|[：:].*)?$`,
  'u',
);
const repealedLine = new RegExp(`^${ordinal}⟦0⟧[；;。]?$`, 'u');

/** A decision about many goes through them line by line. */
function namedInLines({ title, text }: MentioningText): readonly Mention[] {
  const verb = decision.exec(title)?.[1];
  if (verb === undefined || /[和、]废止/u.test(title)) return [];
  const isRepeal = verb === '废止';
  return text.split('\n').flatMap((line): Mention[] => {
    if (!line.includes('《')) return [];
    // Brackets hold numbers of decrees, but an ordinal may be in brackets too.
    const { words, titles } = sentenceOf(
      line.replaceAll(/^\s*[（(]([一二三四五六七八九十百零\d]+)[）)]/gu, '$1、'),
    );
    const [cited] = titles;
    if (cited === undefined || !(isRepeal ? repealedLine : amendedLine).test(words)) return [];
    const name = citedName(cited, title);
    const kind = isRepeal ? 'repeals' : 'amends';
    return [{ kind, name, issuedOn: null, before: null, confidence: 90, evidence: shortened(line) }];
  });
}

/** `刑法修正案（十一）` changes 刑法. */
function namedByAmendment({ title }: MentioningText): readonly Mention[] {
  const [, amended] = /^(.{2,60}?)修正案(?:[（(][^（）()]+[）)])?$/u.exec(title) ?? [];
  if (amended === undefined) return [];
  const name = documentName(amended);
  return [{ kind: 'amends', name, issuedOn: null, before: null, confidence: 92, evidence: shortened(title) }];
}

/** Nobody ends or changes more at once; a list that long is something else. */
const mostMentions = 200;

/** Everything that a document says it amends or repeals, each once, the surest place first. */
export function mentionsIn(document: MentioningText): readonly Mention[] {
  const all = [
    ...namedInTitle(document),
    ...repealsInText(document),
    ...namedByAmendment(document),
    ...namedInLines(document),
  ].filter((one) => isTelling(one.name));
  const once = new Map<string, Mention>();
  for (const one of all) {
    const key = `${one.kind} ${one.name}`;
    if (!once.has(key)) once.set(key, one);
  }
  return [...once.values()].slice(0, mostMentions);
}
