import type { ResourceContent, ResourceTypeKey } from '../contracts/library.ts';
import type { RichBlock, RichDocument } from '../contracts/rich-text.ts';
import {
  type CheckedText,
  type Checker,
  type CheckFacts,
  partsOf,
} from '../server/modules/proofreading/checked-text.ts';

export interface CheckedWish {
  readonly type?: ResourceTypeKey;
  readonly facts?: Partial<CheckFacts>;
}

/** A content as checkers see it. */
export function aCheckedText(content: Partial<ResourceContent>, wish: CheckedWish = {}): CheckedText {
  const whole = { title: '关于举办活动的通知', ...content };
  return {
    type: wish.type ?? 'article',
    content: whole,
    parts: partsOf(whole, { fields: [] }),
    facts: { today: '2026-11-27', ...wish.facts },
  };
}

/** Paragraphs of a body, or blocks as they are. */
export const aBody = (...blocks: readonly (string | RichBlock)[]): RichDocument => ({
  type: 'doc',
  content: blocks.map((block): RichBlock =>
    typeof block === 'string' ? { type: 'paragraph', content: [{ type: 'text', text: block }] } : block,
  ),
});

/** What a checker says of a content: its rules, and what each found. */
export const told = (checker: Checker, text: CheckedText): readonly string[] =>
  checker
    .run(text)
    .map(({ rule, found, suggestion }) =>
      suggestion === null ? `${rule} ${found}`.trim() : `${rule} ${found} → ${suggestion}`,
    );
