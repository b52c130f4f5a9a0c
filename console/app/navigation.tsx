import {
  ApiOutlined,
  AuditOutlined,
  CloudDownloadOutlined,
  ClusterOutlined,
  CommentOutlined,
  ExportOutlined,
  FileDoneOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  FlagOutlined,
  ForwardOutlined,
  GlobalOutlined,
  HomeOutlined,
  ImportOutlined,
  LikeOutlined,
  LinkOutlined,
  LockOutlined,
  MessageOutlined,
  NodeIndexOutlined,
  PartitionOutlined,
  ProfileOutlined,
  PictureOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  SearchOutlined,
  SendOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

import type { Role } from '../../contracts/actor.ts';
import { Icon } from '../ui/icon.tsx';

export interface Destination {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
  /** Whose work it is; the server decides what they may really do. */
  readonly roles: readonly Role[] | 'everyone';
}

const unitPeople = ['editor', 'reviewer', 'principal', 'responder', 'liaison'] as const;
const overseers = ['operator', 'supervisor'] as const;

const destinations: readonly Destination[] = [
  { to: '/', label: '工作台', icon: <Icon of={HomeOutlined} />, roles: 'everyone' },
  {
    to: '/resources',
    label: '信息资源',
    icon: <Icon of={FileTextOutlined} />,
    roles: [...unitPeople, ...overseers],
  },
  {
    to: '/imports',
    label: '导入',
    icon: <Icon of={ImportOutlined} />,
    roles: ['editor', 'operator'],
  },
  {
    to: '/assets',
    label: '素材库',
    icon: <Icon of={PictureOutlined} />,
    roles: ['editor', 'reviewer', 'principal', ...overseers],
  },
  {
    to: '/reviews',
    label: '审核',
    icon: <Icon of={FileDoneOutlined} />,
    roles: ['editor', 'reviewer', 'principal', ...overseers],
  },
  {
    to: '/opinions',
    label: '会签',
    icon: <Icon of={CommentOutlined} />,
    roles: ['reviewer', 'principal'],
  },
  {
    to: '/urgent-releases',
    label: '紧急发布',
    icon: <Icon of={ThunderboltOutlined} />,
    roles: ['editor', 'reviewer', 'principal', ...overseers],
  },
  { to: '/delegations', label: '委托', icon: <Icon of={SwapOutlined} />, roles: unitPeople },
  {
    to: '/undisclosed',
    label: '不公开信息',
    icon: <Icon of={LockOutlined} />,
    roles: ['editor', 'reviewer', 'principal', ...overseers],
  },
  {
    to: '/submissions',
    label: '报送与采用',
    icon: <Icon of={ForwardOutlined} />,
    roles: ['editor', 'reviewer', 'principal', ...overseers],
  },
  {
    to: '/releases',
    label: '联合发布',
    icon: <Icon of={LinkOutlined} />,
    roles: ['editor', 'reviewer', 'principal', ...overseers],
  },
  {
    to: '/topics',
    label: '专题',
    icon: <Icon of={FlagOutlined} />,
    roles: ['editor', 'reviewer', 'principal', ...overseers],
  },
  {
    to: '/corrections',
    label: '纠错',
    icon: <Icon of={MessageOutlined} />,
    roles: [...unitPeople, ...overseers],
  },
  {
    to: '/findings',
    label: '校核发现',
    icon: <Icon of={SearchOutlined} />,
    roles: ['editor', 'reviewer', 'principal', ...overseers],
  },
  {
    to: '/usefulness',
    label: '页面评价',
    icon: <Icon of={LikeOutlined} />,
    roles: [...unitPeople, ...overseers],
  },
  {
    to: '/columns',
    label: '栏目',
    icon: <Icon of={ClusterOutlined} />,
    roles: [...unitPeople, ...overseers],
  },
  {
    to: '/catalogue',
    label: '保障责任目录',
    icon: <Icon of={ScheduleOutlined} />,
    roles: [...unitPeople, ...overseers],
  },
  {
    to: '/units',
    label: '单位与账号',
    icon: <Icon of={TeamOutlined} />,
    roles: ['operator', 'system-admin', 'security-admin'],
  },
  {
    to: '/reorganizations',
    label: '机构改革',
    icon: <Icon of={PartitionOutlined} />,
    roles: [...overseers, 'system-admin', 'security-admin'],
  },
  { to: '/audit', label: '审计', icon: <Icon of={AuditOutlined} />, roles: ['audit-admin'] },
  {
    to: '/sites',
    label: '站点',
    icon: <Icon of={GlobalOutlined} />,
    roles: ['editor', 'principal', ...overseers],
  },
  {
    to: '/review-chains',
    label: '审核流程',
    icon: <Icon of={NodeIndexOutlined} />,
    roles: overseers,
  },
  { to: '/types', label: '信息类型', icon: <Icon of={ProfileOutlined} />, roles: ['operator'] },
  { to: '/vocabularies', label: '分类词表', icon: <Icon of={TagsOutlined} />, roles: ['operator'] },
  {
    to: '/rule-sets',
    label: '校核规则',
    icon: <Icon of={FileSearchOutlined} />,
    roles: ['operator', 'supervisor'],
  },
  { to: '/publishing', label: '发布状态', icon: <Icon of={SendOutlined} />, roles: [...overseers] },
  { to: '/relocations', label: '旧站迁移', icon: <Icon of={ImportOutlined} />, roles: ['operator'] },
  { to: '/exports', label: '导出数据包', icon: <Icon of={ExportOutlined} />, roles: ['operator'] },
  { to: '/exchange', label: '数据共享', icon: <Icon of={ApiOutlined} />, roles: [...overseers] },
  {
    to: '/subscriptions',
    label: '订阅',
    icon: <Icon of={CloudDownloadOutlined} />,
    roles: ['operator', 'supervisor'],
  },
  { to: '/account', label: '我的账号', icon: <Icon of={SafetyCertificateOutlined} />, roles: 'everyone' },
];

export function destinationsFor(roles: readonly Role[]): readonly Destination[] {
  return destinations.filter(
    (one) => one.roles === 'everyone' || one.roles.some((role) => roles.includes(role)),
  );
}

/** The destination a path belongs to: the longest that it starts with. */
export function destinationOf(path: string): string {
  const found = destinations
    .filter(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)))
    .sort((a, b) => b.to.length - a.to.length)[0];
  return found?.to ?? '/';
}
