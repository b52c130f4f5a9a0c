import { useCallback, useMemo, useRef } from 'react';

import type { Resource, ResourceContent, ResourceType } from '../../../../contracts/library.ts';
import type { Finding } from '../../../../contracts/proofreading.ts';
import { partNamer } from '../../../lib/part-name.ts';
import type { BodyDesk, BodyHandle } from './body-desk.ts';
import { fieldOfPart, takeSuggestion } from './take-suggestion.ts';
import { useFindings } from './use-findings.ts';

interface Input {
  readonly resource: Resource;
  readonly type: ResourceType;
  readonly readOnly: boolean;
  readonly content: ResourceContent;
  readonly onChange: (content: ResourceContent) => void;
}

const none: readonly Finding[] = [];

/** The checks of the text as it is written: marked in the body, listed beside it, mended by one click. */
export function useProofreading({ resource, type, readOnly, content, onChange }: Input) {
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
  return {
    desk,
    partName,
    label: all.length === 0 ? '校核' : `校核（${String(all.length)}）`,
    panel: {
      found,
      partName,
      onGo: (finding: Finding): void => {
        const field = fieldOfPart(finding.place.part);
        if (field === undefined) handle.current?.goTo(finding);
        else goToField(field, finding);
      },
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
