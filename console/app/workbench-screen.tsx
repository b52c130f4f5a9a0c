export { WorkbenchPage as WorkbenchScreen } from '../features/review/workbench-page.tsx';
