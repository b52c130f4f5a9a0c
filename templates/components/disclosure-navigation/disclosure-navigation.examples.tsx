import { disclosureParts } from '../../pages/kinds.examples.ts';
import type { Examples } from '../examples.ts';
import { DisclosureNavigation } from './disclosure-navigation.tsx';

export const disclosureNavigationExamples: Examples = {
  'on a column of a part': (
    <DisclosureNavigation parts={disclosureParts} title="政府信息公开" current="/zwgk/fdzdgknr/jgzn/" />
  ),
};
