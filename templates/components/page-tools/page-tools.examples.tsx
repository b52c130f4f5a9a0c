import type { Examples } from '../examples.ts';
import { PageTools } from './page-tools.tsx';

export const pageToolsExamples: Examples = {
  'all tools': <PageTools path="/zwgk/gfxwj/202611/t20261102_1204.html" />,
};
