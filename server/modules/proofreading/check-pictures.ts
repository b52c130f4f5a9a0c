import type { Finding, PartKey } from '../../../contracts/proofreading.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import type { RichDocument } from '../../../contracts/rich-text.ts';
import { bodyMarks } from './body-marks.rules.ts';
import type { CheckedText, Checker, CheckRule } from './checked-text.ts';

const check = 'pictures';
const noAlt: CheckRule = { key: 'alt-missing', name: '图片没有替代文字', severity: 'needs-reason' };
const fileAlt: CheckRule = { key: 'alt-is-file-name', name: '替代文字是文件名', severity: 'note' };
const mapNumber: CheckRule = { key: 'map-without-number', name: '地图没有审图号', severity: 'needs-reason' };
const emblem: CheckRule = {
  key: 'emblem-not-approved',
  name: '国旗国徽等图案不在核准之列',
  severity: 'needs-reason',
};

/** A picture, what is said of it, and where it is told of. */
interface Picture {
  readonly assetId: string;
  readonly alt: string;
  /** Everything that is said of it: alternative text, title, caption. */
  readonly words: string;
  readonly part: PartKey;
  readonly at: number;
}

const fileName =
  /^(?:(?:img|dsc|image|微信图片|qq图片|截图|未标题|未命名|mmexport|screenshot)[\s_\d(（）)-]*|[\w\u4e00-\u9fa5 ()（）-]{1,80}\.(?:jpe?g|png|gif|webp|bmp|svg))$/iu;
const aMap =
  /地图|区划图|(?:位置|区位|区域|范围|辖区|路线|界线)示意图|位置图|分布图|规划图|交通图|导览图|版图/u;
/** A plan of a building or of how something is done is no map. */
const noMap = /流程|结构|组织|原理|平面|户型|思维|机构|步骤|操作|剖面|效果/u;
/** `赣S(2023)012号`, `GS（2023）1234号`, `GS京(2022)0012号`. */
const approvalNumber =
  /(?:[\u4e00-\u9fa5]{1,2}\s?S|GS\s?[\u4e00-\u9fa5]?)\s?[(（〔[]\s?(?:19|20)\d{2}\s?[)）〕\]]\s?\d{1,6}\s?号/iu;
const anEmblem = /国旗|国徽|党旗|党徽|团旗|团徽|军旗|军徽|区旗图案|区徽图案/u;
/** A scene in which a flag is seen is no flag. */
const aScene = /下|前|升旗|仪式|宣誓|飘扬|合影|活动|现场|悬挂|照片|面对/u;

/** Pictures that not everybody can see or that need an approval. `emblems` are the files that operators approved. */
export const createPictureChecker = (emblems: ReadonlySet<string>): Checker => ({
  key: check,
  reach: 'text',
  name: '图片',
  rules: [noAlt, fileAlt, mapNumber, emblem],
  run: ({ content }: CheckedText) => picturesOf(content).flatMap((picture) => judge(picture, emblems)),
});

function judge(picture: Picture, emblems: ReadonlySet<string>): readonly Finding[] {
  const { alt, words, assetId } = picture;
  const findings: Finding[] = [];
  const tell = (rule: CheckRule, message: string): void => {
    findings.push(describe(picture, rule, message));
  };
  if (alt.trim() === '') tell(noAlt, '这张图片没有替代文字，看不见图片的人不知道它说什么。');
  else if (fileName.test(alt.trim())) tell(fileAlt, '替代文字像是文件名，请写明图片说的是什么。');
  if (aMap.test(words) && !noMap.test(words) && !approvalNumber.test(words)) {
    tell(mapNumber, '公开的地图要标明审图号，形如“赣S(2023)012号”；请写在图片说明里。');
  }
  if (anEmblem.test(words) && !aScene.test(words) && !emblems.has(assetId)) {
    tell(emblem, '国旗、国徽、党旗、党徽等图案只能用核准的文件，请从核准的图案中选用。');
  }
  return findings;
}

function describe({ alt, part, at }: Picture, rule: CheckRule, message: string): Finding {
  return {
    check,
    rule: rule.key,
    ruleName: rule.name,
    severity: rule.severity,
    place: { part, start: at, end: at },
    found: alt.slice(0, 200),
    suggestion: null,
    message,
  };
}

function picturesOf({ body, blocks = [] }: ResourceContent): readonly Picture[] {
  const inBlocks = blocks.flatMap((block): readonly Picture[] => {
    // Places in the text of blocks are not known here: they are told of at its beginning.
    if (block.kind === 'text') {
      return picturesIn(block.body, 'field:blocks').map((picture) => ({ ...picture, at: 0 }));
    }
    if (block.kind !== 'picture') return [];
    const { assetId, alt } = block;
    return [{ assetId, alt, words: `${alt} ${block.caption ?? ''}`, part: 'field:blocks', at: 0 }];
  });
  return [...(body ? picturesIn(body, 'body') : []), ...inBlocks];
}

const picturesIn = (body: RichDocument, part: PartKey): readonly Picture[] =>
  bodyMarks(body).pictures.map(({ assetId, alt, title, at, caption }) => ({
    ...{ assetId, alt, part, at },
    words: `${alt} ${title} ${caption}`,
  }));
