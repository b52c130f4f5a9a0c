import type { Finding, PartKey } from '../../../contracts/proofreading.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import { bodyMarks } from './body-marks.rules.ts';
import type { CheckedText, Checker, CheckRule } from './checked-text.ts';
import { addressOfLink, hostOfLink, isAmongHosts, isGovernmentHost } from './link-host.rules.ts';

const check = 'links';
const blocked: CheckRule = { key: 'blocked-host', name: '链接到禁止的网站', severity: 'blocks' };
const unapproved: CheckRule = {
  key: 'unapproved-host',
  name: '非政府网站链接未经审批',
  severity: 'needs-reason',
};
const dead: CheckRule = { key: 'dead-link', name: '链接打不开', severity: 'needs-reason' };

/** What operators and the trying of links know. */
export interface LinkKnowledge {
  /** Hosts of the installation's own sites. */
  readonly own: ReadonlySet<string>;
  readonly approved: ReadonlySet<string>;
  readonly blocked: ReadonlySet<string>;
  /** Addresses that failed on several days. */
  readonly dead: ReadonlySet<string>;
}

/** A link and the place where it is told of. */
export interface PlacedLink {
  readonly href: string;
  readonly part: PartKey;
  readonly start: number;
  readonly end: number;
}

/** Links that no reader should be led along: to forbidden hosts, to ones that nobody approved, to nowhere. */
export const createLinkChecker = (knowledge: LinkKnowledge): Checker => ({
  key: check,
  reach: 'text',
  name: '链接',
  rules: [blocked, unapproved, dead],
  run: ({ content }: CheckedText) => linksOf(content).flatMap((link) => judge(link, knowledge)),
});

function judge(
  link: PlacedLink,
  { own, approved, blocked: forbidden, dead: gone }: LinkKnowledge,
): readonly Finding[] {
  const host = hostOfLink(link.href);
  if (host === undefined) return [];
  const told = (rule: CheckRule, message: string): Finding => describe(link, rule, message);
  if (isAmongHosts(forbidden, host)) return [told(blocked, `${host}在禁止链接的网站之列，请去掉这个链接。`)];
  const address = addressOfLink(link.href);
  const findings: Finding[] = [];
  if (!isGovernmentHost(host) && !isAmongHosts(own, host) && !isAmongHosts(approved, host)) {
    findings.push(told(unapproved, `${host}不是政府网站，也没有审批记录；请先经主办单位负责人同意。`));
  }
  if (address !== undefined && gone.has(address)) {
    findings.push(told(dead, '这个链接连续几天打不开，请换成可用的地址或者去掉。'));
  }
  return findings;
}

const mostFound = 200;

const describe = ({ href, part, start, end }: PlacedLink, rule: CheckRule, message: string): Finding => ({
  check,
  rule: rule.key,
  ruleName: rule.name,
  severity: rule.severity,
  place: { part, start, end },
  found: href.slice(0, mostFound),
  suggestion: null,
  message: message.slice(0, 300),
});

/** Every link of a content: in its body, in its blocks, in its fields. */
export function linksOf(content: ResourceContent): readonly PlacedLink[] {
  const { body, blocks = [], website, values = {} } = content;
  const inBody = body ? bodyMarks(body).links.map((link): PlacedLink => ({ ...link, part: 'body' })) : [];
  const inBlocks = blocks.flatMap((block) => hrefsIn(block)).map((href) => inField('blocks', href));
  const inFields = Object.entries({ website, ...values }).flatMap(([key, value]) =>
    typeof value === 'string' && hostOfLink(value) !== undefined ? [inField(key, value)] : [],
  );
  return [...inBody, ...inBlocks, ...inFields];
}

const inField = (key: string, href: string): PlacedLink => ({ href, part: `field:${key}`, start: 0, end: 0 });

/** Addresses of a block, and the links of the text in it. */
function hrefsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return key === 'url' || key === 'href' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => hrefsIn(inner, name));
}
