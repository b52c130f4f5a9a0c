import { launchedChrome, portalChrome } from '../../pages/chrome.examples.ts';
import type { Examples } from '../examples.ts';
import { ContactDetails } from './contact-details.tsx';

export const contactDetailsExamples: Examples = {
  'with an address': <ContactDetails chrome={portalChrome} />,
  'without one': <ContactDetails chrome={{ ...launchedChrome, address: undefined }} />,
};
