import type { Examples } from '../examples.ts';
import { policyExamples } from '../../pages/article.examples.ts';
import { DisclosureTable } from './disclosure-table.tsx';

export const disclosureTableExamples: Examples = {
  'all fields': <DisclosureTable record={policyExamples['a long document in force'].disclosure} />,
  'the six of the regulation': (
    <DisclosureTable record={policyExamples['only the six required fields'].disclosure} />
  ),
};
