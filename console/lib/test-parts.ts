import type { Session } from '../../contracts/identity.ts';
import type { Resource, ResourceContent, ResourceType, Revision } from '../../contracts/library.ts';
import type { RichDocument } from '../../contracts/rich-text.ts';

/** Small made-up things for tests of the console. */
export function aDocument(...lines: readonly string[]): RichDocument {
  return {
    type: 'doc',
    content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

export function aContent(part: Partial<ResourceContent> = {}): ResourceContent {
  return { title: '关于开展调查的通知', body: aDocument('第一段。'), ...part };
}

export function aRevision(number: number, content: ResourceContent = aContent()): Revision {
  return {
    id: String(100 + number),
    number,
    digest: 'a'.repeat(64),
    origin: 'saved',
    createdBy: '1',
    createdByName: '赵同事',
    createdAt: '2026-11-22T02:00:00.000Z',
    content,
  };
}

export function aResource(version: number, content: ResourceContent = aContent()): Resource {
  return {
    id: '42',
    unitId: '2',
    unitName: '区民政局',
    type: 'article',
    stage: 'draft',
    version,
    title: content.title,
    indexNumber: null,
    hasLiveRevision: false,
    firstPublishedAt: null,
    updatedAt: '2026-11-22T02:00:00.000Z',
    head: aRevision(version, content),
    liveRevisionNumber: null,
    releaseAt: null,
    expireAt: null,
    withdrawnAt: null,
    withdrawalReason: null,
    createdBy: '1',
    actions: ['edit', 'submit'],
    notes: [],
  };
}

export const articleType: ResourceType = {
  key: 'article',
  name: '文章',
  template: 'article',
  version: 0,
  retired: false,
  fields: [
    { key: 'title', name: '标题', kind: 'line', requiredAt: 'draft', group: 'main' },
    { key: 'body', name: '正文', kind: 'rich-text', requiredAt: 'submission', group: 'main' },
    { key: 'keywords', name: '关键词', kind: 'words', requiredAt: 'never', group: 'more' },
    { key: 'openMode', name: '公开方式', kind: 'choice', requiredAt: 'submission', group: 'disclosure' },
  ],
};

export function aSession(part: Partial<Session> = {}): Session {
  return {
    accountId: '1',
    login: 'wang',
    realName: '王小编',
    unitId: '2',
    unitName: '区民政局',
    roles: ['editor'],
    mustChangePassword: false,
    csrfToken: 'token-1',
    expiresAt: '2026-11-22T10:00:00.000Z',
    idleMinutes: 30,
    ...part,
  };
}

const nothing = (): void => undefined;

/** What `matchMedia` answers where every condition holds; jsdom has none, and forms ask for it. */
export const aWideScreen = () => ({
  matches: true,
  addEventListener: nothing,
  removeEventListener: nothing,
  addListener: nothing,
  removeListener: nothing,
});
