import type { Examples } from '../examples.ts';
import { launchedChrome, portalChrome } from '../../pages/chrome.examples.ts';
import { SiteFooter } from './site-footer.tsx';

export const siteFooterExamples: Examples = {
  'of the portal': <SiteFooter chrome={portalChrome} />,
  'of a launched unit': <SiteFooter chrome={launchedChrome} />,
};
