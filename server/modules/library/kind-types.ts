import { type FieldDescription, resourceTypeNames } from '../../../contracts/library.ts';
import {
  type BuiltInDescription,
  called,
  line,
  needed,
  type SharedFields,
  text,
  type Wishes,
} from './define-fields.ts';

const interpretationFields: readonly FieldDescription[] = [
  {
    key: 'interprets',
    name: '解读的文件',
    kind: 'resources',
    resourceType: 'policy',
    maxItems: 10,
    requiredAt: 'submission',
    group: 'main',
    help: '两边的页面会互相链接；文件要先发布。',
  },
  {
    key: 'form',
    name: '解读形式',
    kind: 'choice',
    choices: ['文字解读', '图片解读', '视频解读', '问答解读', '专家解读', '媒体解读'],
    requiredAt: 'submission',
    initial: '文字解读',
    group: 'main',
    inList: true,
  },
];

const leaderFields: readonly FieldDescription[] = [
  line('post', '职务', 60, { ...needed, searchable: true, inList: true }),
  text('duties', '工作分工', 1_000, { ...needed, searchable: true, help: '每行一项。' }),
  line('displayOrder', '排序', 3, {
    pattern: '^[1-9][0-9]{0,2}$',
    patternHint: '1 至 999 的数字，小的排在前面',
    help: '1 至 999 的数字，小的排在前面；不填的按发布先后排在最后。',
  }),
  {
    key: 'activities',
    name: '重要讲话和活动',
    kind: 'resources',
    maxItems: 20,
    requiredAt: 'never',
    group: 'more',
  },
];

const reached = (wishes: Wishes): readonly FieldDescription[] => [
  line('address', '办公地址', 200, { ...wishes, searchable: true }),
  line('officeHours', '办公时间', 200, wishes),
  line('phone', '联系电话', 100, { ...wishes, searchable: true, inList: true }),
  line('fax', '传真', 60),
];
const postcode = line('postcode', '邮政编码', 6, { pattern: '^[0-9]{6}$', patternHint: '六位数字' });
const website = line('website', '网址', 200, {
  pattern: '^https?://[^\\s<>"\\\\]+$',
  patternHint: '以 http:// 或 https:// 开头的网址',
});

const institutionFields: readonly FieldDescription[] = [
  line('head', '负责人', 60, { ...needed, searchable: true, inList: true }),
  ...reached(needed),
  postcode,
  website,
  text('departments', '内设机构', 2_000, {
    searchable: true,
    help: '每行一个：名称，可以在冒号后写职责和电话。',
  }),
  line('displayOrder', '排序', 3, {
    pattern: '^[1-9][0-9]{0,2}$',
    patternHint: '1 至 999 的数字，小的排在前面',
    group: 'more',
  }),
];

// 政府信息公开条例第十二条: what a guide says.
const guideFields: readonly FieldDescription[] = [
  text('informationScope', '政府信息的分类', 1_000, needed),
  text('arrangement', '编排体系', 1_000, needed),
  text('access', '获取方式', 1_000, { ...needed, searchable: true }),
  line('organisation', '政府信息公开工作机构的名称', 100, needed),
  ...reached(needed),
  line('onlineContact', '互联网联系方式', 200, needed),
];

/** The types that pages of their own kind are made of. */
export function kindTypes(shared: SharedFields): readonly BuiltInDescription[] {
  const { title, body, attachments, common, disclosure } = shared;
  const besides = (...keys: readonly string[]) => common.filter((field) => !keys.includes(field.key));
  const cover = common.filter((field) => field.key === 'coverAssetId');
  return [
    {
      key: 'interpretation',
      template: 'article',
      name: resourceTypeNames.interpretation,
      fields: [title, body, attachments, ...interpretationFields, ...common, ...disclosure],
    },
    {
      key: 'leader',
      template: 'own',
      name: resourceTypeNames.leader,
      fields: [
        called(title, '姓名'),
        ...cover.map((field) => called(field, '照片', { group: 'main' })),
        ...leaderFields,
        called(body, '简历'),
        ...besides('subtitle', 'coverAssetId', 'author'),
        ...disclosure,
      ],
    },
    {
      key: 'institution',
      template: 'own',
      name: resourceTypeNames.institution,
      fields: [
        called(title, '机构名称'),
        ...institutionFields,
        called(body, '主要职责'),
        attachments,
        ...besides('subtitle', 'coverAssetId', 'author'),
        ...disclosure,
      ],
    },
    {
      key: 'guide',
      template: 'own',
      name: resourceTypeNames.guide,
      fields: [title, ...guideFields, body, attachments, ...besides('coverAssetId'), ...disclosure],
    },
    {
      key: 'album',
      template: 'own',
      name: resourceTypeNames.album,
      fields: [
        title,
        called(body, '图片和说明', {
          help: '依次插入图片；图片的标题就是图注。其余文字显示在图片之前。',
        }),
        ...common,
        ...disclosure,
      ],
    },
    {
      key: 'video',
      template: 'own',
      name: resourceTypeNames.video,
      fields: [
        title,
        {
          key: 'filmAssetId',
          name: '视频文件',
          kind: 'film',
          requiredAt: 'submission',
          group: 'main',
          help: 'MP4 或 WebM；手机拍的先转成 MP4（H.264）。',
        },
        ...cover.map((field) => called(field, '封面', { group: 'main' })),
        text('transcript', '文字稿', 20_000, {
          ...needed,
          searchable: true,
          help: '画面和声音里的全部内容，给看不见、听不到或不方便播放的人。',
        }),
        called(body, '简介', { requiredAt: 'never' }),
        ...besides('coverAssetId'),
        ...disclosure,
      ],
    },
  ];
}
