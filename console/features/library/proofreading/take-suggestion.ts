import { fieldValue, withFieldValue } from '../../../../contracts/field-values.ts';
import type { ResourceContent } from '../../../../contracts/library.ts';
import { type Finding, isWhatWasFound } from '../../../../contracts/finding.ts';

/** The field that a part of a content is, when it is one. */
export function fieldOfPart(part: string): string | undefined {
  if (part === 'title' || part === 'subtitle' || part === 'summary') return part;
  return part.startsWith('field:') ? part.slice('field:'.length) : undefined;
}

/** The content with the suggestion in place of what was found; nothing when that does not stand there any more. */
export function takeSuggestion(content: ResourceContent, finding: Finding): ResourceContent | undefined {
  const { place, suggestion } = finding;
  const key = fieldOfPart(place.part);
  if (key === undefined || suggestion === null) return undefined;
  const text = fieldValue(content, key);
  if (typeof text !== 'string' || !isWhatWasFound(text.slice(place.start, place.end), finding))
    return undefined;
  return withFieldValue(content, key, text.slice(0, place.start) + suggestion + text.slice(place.end));
}
