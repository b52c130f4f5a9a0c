import type { PersonalFind, Scene } from './personal-data.types.ts';
import { maskHouse } from './personal-mask.rules.ts';
import { spanFinder } from './text-spans.rules.ts';
import { namesInstitution, namesPerson, namesPrivatePerson } from './person-beside.rules.ts';

const count = '[\\d一二三四五六七八九十百]{1,4}';
/** What leads to one door: a building and a room, a unit and a room, a number in a village. */
const doors = [
  `${count}(?:栋|幢|号楼|座|#楼?|号院)\\s?(?:[\\d一二三四五六七八九十甲乙丙东西南北中]{1,3}(?:单元|门|梯)\\s?)[\\dA-Z]{1,6}(?:室|号|户|房)?`,
  `${count}(?:栋|幢|号楼|座|#楼?|号院|号)\\s?(?:${count}[楼层]\\s?)?[\\dA-Z]{1,6}(?:[-—]\\d{1,5})?\\s?(?:室|户|房|号(?!楼|院|线))`,
  `${count}单元\\s?[\\dA-Z]{1,6}(?:室|号|户|房)?`,
  `(?<![\\d-])\\d{1,3}-\\d{1,2}-\\d{3,4}(?![\\d-])(?:室|号|户|房)?`,
  `(?<=[村屯庄湾坝寨社区])(?:第?[\\d一二三四五六七八九十东西南北上下]{1,4}(?:组|村民小组|社|队|屯))\\s?(?:[\\d]{1,4}(?:-\\d{1,3})?号)?`,
  `(?<=[村屯庄湾坝寨组])\\s?\\d{1,4}(?:-\\d{1,3})?号`,
  `(?<=[路街道巷弄里])${count}(?:弄|巷)?(?:\\d{1,4})?(?:-\\d{1,3})?号(?:附\\d{1,3}号)?`,
];
const aDoor = new RegExp(doors.map((door) => `(${door})`).join('|'), 'gu');
/** A street's number is often that of an office, and a village group is no house: only said of a person are they a home. */
const streetNumber = doors.length;
const villageGroup = doors.length - 2;

const beginning = /[\u4e00-\u9fa5A-Za-z0-9]{0,40}$/u;
const calledHome =
  /家庭住址|家庭地址|住址|家住|现住|住在|现居|居住[地在于]|户籍|户口所在地|常住地|住所|租住|暂住|住于|[，,、\s]住|^住|住：/u;
const calledOffice =
  /(?:办公|单位|公司|机构|项目|经营|注册|生产|企业|营业|服务|开标|送达|报名|受理|投诉|工作|活动|会议|施工|仓库)(?:地[址点]|场所|住所)|经营场所/u;
const office =
  /大厦|办公楼|行政中心|政务|写字楼|商务|园区|工业园|产业园|商铺|店面|门面|门店|公司|超市|药店|餐馆|学校|医院|银行|会议室|服务中心|大学|中学|小学/u;

/** A number of a person that is not further away tells whose door it is. */
const numberReach = 60;

/** Homes of persons: an address down to the door, with somebody beside it or called a home. */
export function findAddresses(
  { plain, near }: Scene,
  numbers: readonly PersonalFind[],
): readonly PersonalFind[] {
  const finds: PersonalFind[] = [];
  const personAt = spanFinder(numbers.filter(({ kind }) => kind !== 'landline'));
  const isOfPerson = (begin: number, end: number): boolean => {
    const number = personAt(begin - numberReach, end + numberReach);
    const isNear =
      number && !plain.slice(Math.min(number.start, begin), Math.max(number.end, end)).includes('\n');
    if (isNear && number.kind === 'id-number') return true;
    const around = near.around(begin, end, { back: 60, ahead: 40 });
    return namesPrivatePerson(around) || ((isNear || namesPerson(around)) && !namesInstitution(around));
  };
  let from = 0;
  for (const match of plain.matchAll(aDoor)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const begin = start - (beginning.exec(plain.slice(Math.max(from, start - 40), start))?.[0].length ?? 0);
    const before = near.around(begin, end, { back: 24, ahead: 0 });
    const whole = plain.slice(begin, end);
    if (calledOffice.test(before) || office.test(whole)) continue;
    const isCalled = calledHome.test(`${near.label(begin)} ${before} ${whole}`);
    if (!isCalled) {
      if (match[villageGroup] !== undefined && !match[0].endsWith('号')) continue;
      if (!(match[streetNumber] === undefined ? isOfPerson(begin, end) : namesPrivatePerson(before)))
        continue;
    }
    finds.push({ kind: 'address', start, end, suggestion: maskHouse(match[0]) });
    from = end;
  }
  return finds;
}
