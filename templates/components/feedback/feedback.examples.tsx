import { portalChrome } from '../../pages/chrome.examples.ts';
import type { Examples } from '../examples.ts';
import { Feedback } from './feedback.tsx';

export const feedbackExamples: Examples = {
  'below a page': <Feedback chrome={portalChrome} path="/zwgk/tzgg/" />,
};
