import type { ProposedKind, ResourceContent } from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';

/** A proposal whose two sides are at hand. */
export interface AcceptedRelation {
  readonly kind: ProposedKind;
  readonly from: { readonly id: string; readonly content: ResourceContent };
  readonly to: { readonly id: string; readonly content: ResourceContent };
}

const most: Readonly<Record<ProposedKind, number>> = { amends: 50, repeals: 50, replacedBy: 1 };

function named(content: ResourceContent, kind: ProposedKind, id: string): readonly string[] {
  const before = content[kind] ?? [];
  if (before.includes(id)) return before;
  if (before.length < most[kind]) return [...before, id];
  const message = kind === 'replacedBy' ? '这份文件已经写有替代它的文件。' : '这一项能写的文件已经满了。';
  throw new AppError('conflict', 'library.relation-taken', message);
}

/** From when the newer document holds; what it changes or ends changes on that day. */
const dayOf = ({ effectiveOn, writtenOn, producedOn }: ResourceContent): string =>
  [effectiveOn, writtenOn, producedOn].find((day) => day !== undefined && day !== '') ?? '';

/** What ends a document takes its place, unless it does nothing but end others. */
const isDecision = (title: string): boolean => /关于.*(?:废止|修改).*(?:决定|通知|公告|令)/u.test(title);

const isEmpty = (value: string | readonly string[] | undefined): boolean =>
  value === undefined || value.length === 0;

interface Namer {
  readonly id: string;
  readonly content: ResourceContent;
}

/** The validity that follows. One that says less than what is known now gives way; what an editor wrote stays. */
function marked(content: ResourceContent, validity: '已修改' | '废止', by: Namer): ResourceContent {
  const weaker = validity === '废止' ? ['', '有效', '已修改'] : ['', '有效'];
  return {
    ...content,
    ...(weaker.includes(content.validity ?? '') ? { validity } : {}),
    ...(isEmpty(content.validityChangedOn) ? { validityChangedOn: dayOf(by.content) } : {}),
    ...(validity === '废止' ? ended(content, by) : {}),
  };
}

/** Why an ended document holds no more, and where to read on. */
function ended(content: ResourceContent, by: Namer): Partial<ResourceContent> {
  const { title } = by.content;
  return {
    ...(isEmpty(content.abolishedBy) ? { abolishedBy: `被《${title}》废止。`.slice(0, 200) } : {}),
    ...(isEmpty(content.replacedBy) && !isDecision(title) ? { replacedBy: [by.id] } : {}),
  };
}

/** What an accepted relation makes of both sides; a side that stays as it is is answered unchanged. */
export function acceptedContents({ kind, from, to }: AcceptedRelation): {
  readonly from: ResourceContent;
  readonly to: ResourceContent;
} {
  const naming = { ...from.content, [kind]: named(from.content, kind, to.id) };
  switch (kind) {
    case 'replacedBy':
      return { from: marked(naming, '已修改', to), to: to.content };
    case 'amends':
      return { from: naming, to: marked(to.content, '已修改', from) };
    case 'repeals':
      return { from: naming, to: marked(to.content, '废止', from) };
  }
}
