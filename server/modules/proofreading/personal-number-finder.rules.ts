import { type DigitGroup, digitGroups, type JoinedGroups, joinedFrom } from './digit-group.rules.ts';
import type { PersonalFind, PersonalKind, Scene } from './personal-data.types.ts';
import { maskLandline, maskNumber, type NumberKind } from './personal-mask.rules.ts';
import {
  cardKind,
  isIdNumber,
  isMobileNumber,
  looksLikeIdNumber,
  looksLikeOldIdNumber,
} from './personal-number.rules.ts';
import { type Span, spanFinder } from './text-spans.rules.ts';
import { namesInstitution, namesPerson, namesPrivatePerson } from './person-beside.rules.ts';

/** A row of digits, what it is called, and the text around it. */
interface Candidate extends JoinedGroups {
  readonly label: string;
}

const calledId = /身份|证件|公民|户口|社会保障号|社保号|学籍|纳税人识别号/u;
const calledCard = /卡|账|帐|银行|开户|打款|汇款|转账/u;
const calledTelephone =
  /电话|手机|联系方式|联系|号码|微信|热线|移动电话|座机|小灵通|拨打|致电|tel|phone|mobile|wx|vx/iu;
/** Words that only a telephone is called by. */
const calledLine = /电话|手机|短信|微信|热线|座机|tel|phone|mobile|wx|vx/iu;
const calledAccount = /[账帐][号户]|户名|开户|收款/u;
/** What numbers are called that count things and acts. */
const calledCode =
  /(?:(?:单|流水|序列|批[次准]?|文|合同|项目|招标|投标|采购|标段|包|条形?|快递|索引|索取|备案|许可证?|登记|注册|产品|设备|宗地|不动产|车架|发动机|案件?|受理|业务|办件|事项|发票|票|缴款|档案|资产|物料|货|图|房产证?|土地证?|交易|凭证|回执|查询|信用|机构|组织|实施|统一|监管|追溯|岗位|职位|准考证|考|座位|电表|水表|户|学|版|工|编|代|邮|群|序)(?:编|代|密)?(?:号码?|码)|流水|订单|运单|快递单?|批次|ISBN|ISSN|IMEI|QQ群?|No\.?|№|第|ID)$/iu;
const calledAmount =
  /(?:金额|总价|预算|合计|总额|收入|支出|面积|单价|价格?|款|费用?|余额|产值|资金|投资|资本|人口|数量|总计|小计|坐标|经度|纬度)(?:[（(][^（）()]{0,8}[）)]?)?$/u;
const countedAfter =
  /^(?:元|万|亿|人(?!民)|户(?!主)|亩|吨|公里|千米|平方|立方|个|件|份|条|棵|名|辆|台|家(?![长属])|千瓦|度|米|字节|次|套|册|票|倍|kg|m|号|\s?[（(]单位)/u;
const fileAfter = /^[\w-]{0,20}\.(?:pdf|docx?|xlsx?|jpe?g|png|zip|rar|s?html?|ofd|mp[34])/iu;

export function findNumbers(scene: Scene): readonly PersonalFind[] {
  const { plain } = scene;
  const groups = digitGroups(plain);
  const webAddressAt = spanFinder(webAddresses(plain));
  const taken = new Set<number>();
  const finds: PersonalFind[] = [];
  const keep = (kind: NumberKind, found: Span): void => {
    finds.push(findOf(scene, kind, found));
  };
  const look = (kind: NumberKind, fits: (candidate: Candidate) => boolean): void => {
    for (let first = 0; first < groups.length; first += 1) {
      for (const row of joinedFrom(groups, first)) {
        if (taken.has(first) || isTaken(taken, row) || !couldBe(kind, row)) continue;
        const candidate = { ...row, label: scene.near.label(row.start) };
        if (webAddressAt(row.start, row.end) || !fits(candidate)) continue;
        for (let at = row.first; at <= row.last; at += 1) taken.add(at);
        keep(kind, kind === 'mobile' ? lastEleven(plain, row) : row);
        break;
      }
    }
  };
  const free = isFreeIn(groups);
  look('id-number', (one) => free(one, plain) && isId(scene, one));
  look('bank-card', (one) => free(one) && isCard(scene, one));
  look('mobile', (one) => free(one) && isMobile(scene, groups, one));
  for (const found of travelDocuments(plain)) keep('travel-document', found);
  const numberAt = spanFinder(finds);
  for (const found of landlines(scene)) if (!numberAt(found.start, found.end)) keep('landline', found);
  return finds;
}

function findOf({ plain, masks }: Scene, kind: NumberKind, { start, end }: Span): PersonalFind {
  const mask = kind === 'landline' ? maskLandline : maskNumber;
  return {
    kind: kind satisfies PersonalKind,
    start,
    end,
    suggestion: mask(plain.slice(start, end), masks[kind]),
  };
}

const dialled = /^(?:0|86|0086)?1[3-9]\d{9}$/;

/** Whether the digits alone leave it possible: most rows of them end here, before anybody reads what stands around. */
function couldBe(kind: NumberKind, { digits }: JoinedGroups): boolean {
  if (kind === 'id-number') return digits.length === 18 || digits.length === 15;
  return kind === 'bank-card' ? cardKind(digits) !== 'none' : dialled.test(digits);
}

const isTaken = (taken: ReadonlySet<number>, { first, last }: JoinedGroups): boolean => {
  for (let at = first; at <= last; at += 1) if (taken.has(at)) return true;
  return false;
};

/** Whether nothing is bound to the groups. A pupil's number is a G and the number of the ID card. */
const isFreeIn =
  (groups: readonly DigitGroup[]) =>
  ({ first, last, start }: JoinedGroups, plain?: string): boolean => {
    for (let at = first; at <= last; at += 1) {
      const isPupil =
        at === first &&
        plain !== undefined &&
        /(?<![A-Za-z])[GJL]$/.test(plain.slice(Math.max(0, start - 2), start));
      if (!groups[at]?.isFree && !isPupil) return false;
    }
    return true;
  };

function isId({ near, today }: Scene, { digits, start, end, label, sizes }: Candidate): boolean {
  const day = today.replaceAll('-', '');
  const isCalled = calledId.test(label);
  if (digits.length === 15) {
    if (!looksLikeOldIdNumber(digits) || calledCard.test(label) || calledCode.test(label)) return false;
    return isCalled || (sizes.length === 1 && namesPerson(near.around(start, end, { back: 16, ahead: 0 })));
  }
  if (isIdNumber(digits, day)) return isCalled || !calledCode.test(label);
  return isCalled && sizes.length === 1 && looksLikeIdNumber(digits, day);
}

function isCard({ near }: Scene, { digits, start, end, label, sizes }: Candidate): boolean {
  const kind = cardKind(digits);
  if (kind === 'none' || (sizes.length > 1 && !isCardShape(sizes))) return false;
  const isCalled = calledCard.test(label);
  if (!isCalled && (calledCode.test(label) || calledAmount.test(label))) return false;
  const around = near.around(start, end, { back: 80, ahead: 40 });
  const isOfInstitution =
    calledAccount.test(around) &&
    namesInstitution(around.replaceAll(/[\u4e00-\u9fa5]{0,12}(?:银行|支行|信用社)/gu, ''));
  if (isOfInstitution && !namesPrivatePerson(around)) return false;
  return kind === 'surely' || isCalled || namesPerson(around);
}

/** Fours, or one break somewhere: what a cell or a line made of it. */
const isCardShape = (sizes: readonly number[]): boolean =>
  sizes.length === 2 ? Math.min(...sizes) >= 3 : sizes.slice(0, -1).every((size) => size === 4);

const usualShapes: ReadonlySet<string> = new Set(['3-4-4', '3-8', '7-4', '4-4-3', '4-7']);

function isMobile({ plain }: Scene, groups: readonly DigitGroup[], one: Candidate): boolean {
  const number = withoutCountry(plain, one);
  if (number === undefined || !isMobileNumber(number.digits)) return false;
  const after = plain.slice(one.end, one.end + 30);
  if (fileAfter.test(after)) return false;
  const isCalled = calledTelephone.test(one.label);
  const isWhole = one.sizes.length === 1 || number.digits !== one.digits;
  if (!isWhole && !isCalled && !looksLikeOneNumber(groups, one)) return false;
  return isCalled && !isCalledCode(one.label) ? true : !isSomethingElse(plain, one, after);
}

/** Groups that people make of a mobile number, and nothing joined to them. */
const looksLikeOneNumber = (groups: readonly DigitGroup[], { first, last, sizes }: JoinedGroups): boolean =>
  usualShapes.has(sizes.join('-')) && groups[first]?.isJoined !== true && groups[last + 1]?.isJoined !== true;

const isCalledCode = (label: string): boolean => calledCode.test(label) && !calledLine.test(label);

/** A code, an amount, an account, a part of something longer, a count of something. */
function isSomethingElse(plain: string, { label, start }: Candidate, after: string): boolean {
  if (calledCode.test(label) || calledAmount.test(label) || calledAccount.test(label)) return true;
  const isPartOfCode = /\d-$/.test(plain.slice(Math.max(0, start - 2), start)) || /^-\d/.test(after);
  return isPartOfCode || countedAfter.test(after);
}

/** `+86 138…`, `0086138…`, `0138…`: what is dialled before the number is not it. */
function withoutCountry(plain: string, { digits, start, sizes }: Candidate): { digits: string } | undefined {
  if (digits.length === 11) return { digits };
  const hasPlus = plain[start - 1] === '+' || /\+86$/.test(plain.slice(Math.max(0, start - 3), start));
  const isCountry = /^(?:0086|86)/.test(digits) && (hasPlus || digits.startsWith('00') || sizes[0] === 2);
  if (isCountry) return { digits: digits.replace(/^(?:00)?86/, '') };
  return digits.length === 12 && digits.startsWith('0') && sizes.length === 1
    ? { digits: digits.slice(1) }
    : undefined;
}

/** Where the eleven digits themselves begin. */
function lastEleven(plain: string, { start, end }: Span): Span {
  let [from, digits] = [end, 0];
  while (from > start && digits < 11) {
    from -= 1;
    if (/\d/.test(plain.charAt(from))) digits += 1;
  }
  return { start: from, end };
}

const travelDocument =
  /(?:护照|通行证|回乡证|台胞证|军官证|士兵证|旅行证)(?:证?件?号码?|编号)?\s{0,3}[:：为是]?\s{0,3}([A-Z]{1,2}\d{7,9}|\d{8}(?!\d))/giu;

function travelDocuments(plain: string): readonly Span[] {
  return [...plain.matchAll(travelDocument)].map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1]?.length ?? 0), end };
  });
}

const landline = /(?<![\dA-Za-z.*-])\(?0\d{2,3}\)?[-—– ]{0,2}[2-8]\d{6,7}(?![\dA-Za-z*])/g;
const homeLine =
  /(?:家庭(?:固定)?电话|住宅电话|宅电|家电|家庭座机|家里电话)\s{0,3}[:：为是]?\s{0,3}(\d{7,8})(?![\d*])/gu;
const calledHome = /家庭(?:固定)?电话|住宅电话|宅电|家电|家庭座机|家里电话/u;

/** The telephone of an office is everybody's; one beside the name of a private person is not. */
function landlines({ plain, near }: Scene): readonly Span[] {
  const withArea = [...plain.matchAll(landline)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => {
      if (calledHome.test(near.label(start))) return true;
      const before = near.around(start, end, { back: 30, ahead: 0 });
      if (namesPrivatePerson(before) && !namesInstitution(before)) return true;
      const around = `${near.label(start)} ${near.around(start, end, { back: 50, ahead: 12 })}`;
      return namesPerson(near.around(start, end, { back: 16, ahead: 0 })) && !namesInstitution(around);
    });
  const short = [...plain.matchAll(homeLine)].map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1]?.length ?? 0), end };
  });
  return [...withArea, ...short];
}

/** Addresses of pages hold numbers of their own. */
const webAddresses = (plain: string): readonly Span[] =>
  [...plain.matchAll(/(?:https?:\/\/|www\.)[!-~]{1,2000}/giu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
