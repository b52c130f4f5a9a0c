import type { Examples } from '../examples.ts';
import { HelpLinks } from './help-links.tsx';

export const helpLinksExamples: Examples = {
  'the usual ways on': <HelpLinks />,
  'with the column it stood in': <HelpLinks links={[{ name: '通知公告', url: '/zwgk/tzgg/' }]} />,
};
