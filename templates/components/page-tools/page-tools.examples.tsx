import type { Examples } from '../examples.ts';
import { PageTools } from './page-tools.tsx';

export const pageToolsExamples: Examples = {
  'all tools': <PageTools />,
};
