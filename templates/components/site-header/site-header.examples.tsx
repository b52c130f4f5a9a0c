import type { Examples } from '../examples.ts';
import { launchedChrome, portalChrome, unitChrome } from '../../pages/chrome.examples.ts';
import { SiteHeader } from './site-header.tsx';

export const siteHeaderExamples: Examples = {
  'of the portal': <SiteHeader chrome={portalChrome} currentUrl="/zwgk/" />,
  'of a unit': <SiteHeader chrome={unitChrome} currentUrl="/" />,
  'with navigation on paper': (
    <SiteHeader chrome={{ ...launchedChrome, navigationStyle: 'plain' }} currentUrl="/tzgg/" />
  ),
  'with a logo': (
    <SiteHeader chrome={{ ...launchedChrome, logo: { url: '/files/logo.svg', width: 96, height: 96 } }} />
  ),
};
