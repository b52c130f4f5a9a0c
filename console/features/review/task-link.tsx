import { Link, linkOptions } from '@tanstack/react-router';

import type { Task } from '../../../contracts/review.ts';

/** Tasks that lead to a review. */
const reviewKinds: readonly Task['kind'][] = [
  'review',
  'opinion',
  'overdue-review',
  'retrospective',
  'retrospective-overdue',
];

/** To where the task is done. */
export function TaskLink({ task, label }: { readonly task: Task; readonly label: string }) {
  return (
    <Link {...placeOf(task)} className="action-link" aria-label={`${label}：${task.title}`}>
      {label}
    </Link>
  );
}

function placeOf(task: Task) {
  if (task.reviewId !== null && reviewKinds.includes(task.kind)) {
    return linkOptions({ to: '/reviews/$id', params: { id: task.reviewId } });
  }
  return listOf(task) ?? subjectOf(task);
}

/** The list that has tasks of this kind; undefined where there is none. */
function listOf({ kind, resourceId }: Task) {
  if (kind === 'topic-ending') return linkOptions({ to: '/topics', search: { show: 'ending' } });
  if (kind === 'finding' && resourceId !== null) {
    return linkOptions({ to: '/findings', search: { resource: resourceId } });
  }
  if (kind === 'reassessment') return linkOptions({ to: '/undisclosed' });
  if (kind === 'submission') return linkOptions({ to: '/submissions' });
  if (kind === 'mapping-match') return linkOptions({ to: '/submissions', search: { show: 'matches' } });
  return undefined;
}

/** What the task is about. */
function subjectOf({ correctionId, resourceId, columnId }: Task) {
  if (correctionId !== null) return linkOptions({ to: '/corrections/$id', params: { id: correctionId } });
  if (resourceId !== null) return linkOptions({ to: '/resources/$id', params: { id: resourceId } });
  return linkOptions({ to: '/columns', search: columnId === null ? {} : { column: columnId } });
}
