import type { AuditFilter } from './audit-filter.ts';

export const resultNames: Readonly<Record<NonNullable<AuditFilter['result']>, string>> = {
  done: '完成',
  refused: '被拒绝',
  failed: '出错',
};

export const objectKindNames: Readonly<Record<string, string>> = {
  resource: '信息资源',
  'relation-proposal': '文件关系建议',
  asset: '文件',
  review: '审核',
  'review-chain': '审核流程',
  delegation: '委托',
  correction: '纠错',
  'correction-rule': '纠错时限',
  page: '页面',
  column: '栏目',
  listing: '栏目条目',
  site: '站点',
  unit: '单位',
  account: '账号',
  session: '会话',
  audit: '审计记录',
  export: '数据包',
  publishing: '发布',
  request: '请求',
};

const verbs: Readonly<Record<string, string>> = {
  create: '新建',
  change: '修改',
  save: '保存',
  submit: '提交审核',
  decide: '审核',
  accept: '采纳',
  dismiss: '忽略',
  relate: '关联',
  recall: '撤回审核',
  withdraw: '撤回',
  discard: '删除',
  restore: '恢复',
  schedule: '定时',
  release: '发布',
  accession: '入库',
  expire: '到期下线',
  remove: '清除',
  place: '上栏目',
  set: '设置',
  register: '上传',
  upload: '上传',
  reset: '重置',
  unlock: '解锁',
  'sign-in': '登录',
  'sign-out': '退出登录',
  list: '查看',
  get: '查看',
  current: '查看',
  preview: '预览',
  convert: '整理粘贴',
  verify: '校验',
  note: '记下校验',
  report: '反映',
  answer: '答复',
  transfer: '转办',
  rate: '评价',
  rebuild: '重新生成',
  run: '执行',
  delegate: '委托',
  revoke: '撤销',
  choose: '查看',
  end: '停用',
};

const things: Readonly<Record<string, string>> = {
  resource: '信息资源',
  resources: '信息资源',
  draft: '草稿',
  revision: '版本',
  revisions: '历史版本',
  asset: '文件',
  'asset-content': '文件内容',
  review: '审核',
  reviews: '审核列表',
  'review-chain': '审核流程',
  'review-chains': '审核流程',
  duty: '代办',
  delegation: '委托',
  delegations: '委托',
  colleagues: '可委托的人',
  column: '栏目',
  columns: '栏目',
  listing: '栏目条目',
  listings: '栏目条目',
  mappings: '映射',
  placements: '栏目',
  correction: '纠错',
  corrections: '纠错',
  rule: '办理时限',
  page: '页面',
  usefulness: '页面评价',
  'answering-units': '接办单位',
  site: '站点',
  sites: '站点',
  unit: '单位',
  units: '单位',
  account: '账号',
  accounts: '账号',
  password: '密码',
  session: '会话',
  entries: '审计记录',
  chain: '审计记录',
  verification: '',
  all: '全部页面',
  html: '内容',
  proposal: '文件关系建议',
  proposals: '文件关系建议',
  likeness: '相近信息',
  likenesses: '相近信息',
  imports: '导入的信息',
};

const wholes: Readonly<Record<string, string>> = {
  'submit-resource': '提交审核',
  'request-export': '导出数据包',
  'take-export': '下载数据包',
  'place-resource': '上栏目',
  'set-placements': '上栏目',
  'give-password': '重置密码',
  'change-listing': '调整栏目条目',
  'record-door-refusal': '拒绝进入',
};

/** `library.save-draft` in Chinese; what nobody translated yet keeps its object's name, never English. */
export function actionName(action: string): string {
  const words = action.slice(action.indexOf('.') + 1);
  const whole = wholes[words] ?? verbs[words];
  if (whole !== undefined) return whole;
  const [verb = '', ...rest] = words.split('-');
  const name = verbs[verb];
  if (name === undefined) return '其他操作';
  const thing = things[rest.join('-')] ?? '';
  return name.endsWith(thing) ? name : `${name}${thing}`;
}

export function objectName(kind: string, id: string | null): string {
  return `${objectKindNames[kind] ?? '其他'}${id === null ? '' : ` ${id}`}`;
}
