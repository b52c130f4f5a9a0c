import { useCallback, useEffect, useMemo, useRef } from 'react';

import type { Resource, ResourceContent, ResourceType } from '../../../../contracts/library.ts';
import type { Finding } from '../../../../contracts/proofreading.ts';
import { partNamer } from '../../../../contracts/part-name.ts';
import type { BodyDesk, BodyHandle } from './body-desk.ts';
import { type PlaceWish, wishedFinding } from './place-wish.ts';
import { fieldOfPart, takeSuggestion } from './take-suggestion.ts';
import { useFindings } from './use-findings.ts';

interface Input {
  readonly resource: Resource;
  readonly type: ResourceType;
  readonly readOnly: boolean;
  readonly place: PlaceWish;
  readonly content: ResourceContent;
  readonly onChange: (content: ResourceContent) => void;
}

const none: readonly Finding[] = [];

/** The checks of the text as it is written: marked in the body, listed beside it, mended by one click. */
export function useProofreading({ resource, type, readOnly, place, content, onChange }: Input) {
  const found = useFindings(resource.id, content, !readOnly);
  const handle = useRef<BodyHandle | null>(null);
  const attach = useCallback((attached: BodyHandle | null) => {
    handle.current = attached;
  }, []);
  const all = found.answer?.findings ?? none;
  const desk = useMemo(
    (): BodyDesk => ({ findings: all.filter(({ place }) => place.part === 'body'), attach }),
    [all, attach],
  );
  const partName = partNamer(type, content);
  const go = useCallback((finding: Finding): void => {
    const field = fieldOfPart(finding.place.part);
    if (field === undefined) handle.current?.goTo(finding);
    else goToField(field, finding);
  }, []);
  // Once, when the first answer is there: afterwards the caret is where the writer puts it.
  const isThere = useRef(place.rule === undefined);
  useEffect(() => {
    if (isThere.current || found.answer === undefined) return;
    isThere.current = true;
    const meant = wishedFinding(found.answer.findings, place);
    if (meant !== undefined) go(meant);
  }, [found.answer, place, go]);
  return {
    desk,
    partName,
    label: all.length === 0 ? '校核' : `校核（${String(all.length)}）`,
    panel: {
      found,
      partName,
      onGo: go,
      onTake: (finding: Finding): boolean => {
        if (finding.place.part === 'body') {
          return handle.current?.replace(finding, finding.suggestion ?? '') ?? false;
        }
        const changed = takeSuggestion(content, finding);
        if (changed) onChange(changed);
        return changed !== undefined;
      },
    },
  };
}

function goToField(key: string, { place }: Finding): void {
  const control = document.getElementById(`field-${key}`);
  control?.scrollIntoView({ block: 'center' });
  control?.focus();
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    control.setSelectionRange(place.start, place.end);
  }
}
