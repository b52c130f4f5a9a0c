import type { Examples } from '../examples.ts';
import { noticesTrail } from '../../pages/chrome.examples.ts';
import { Breadcrumb } from './breadcrumb.tsx';

export const breadcrumbExamples: Examples = {
  'to a column': <Breadcrumb steps={noticesTrail} />,
  'to a text in a column': <Breadcrumb steps={noticesTrail} leaf="正文" />,
};
