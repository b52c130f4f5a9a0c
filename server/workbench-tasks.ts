import { correctionTasks } from './modules/interaction/index.ts';
import { findingTasks } from './modules/proofreading/index.ts';
import { reassessmentTasks, type WorkbenchTasks } from './modules/review/index.ts';
import { columnTasks, takeDownTasks, topicTasks, waysTasks } from './modules/sites/index.ts';

/** What waits for people beside reviews and drafts, in the order of the workbench. */
export const furtherTasks: readonly WorkbenchTasks[] = [
  takeDownTasks,
  findingTasks,
  reassessmentTasks,
  correctionTasks,
  waysTasks,
  columnTasks,
  topicTasks,
];
