import { documentNumberChecker } from './check-document-numbers.ts';
import { createMetadataChecker } from './check-metadata.ts';
import { createPersonalDataChecker } from './check-personal-data.ts';
import { createPictureChecker } from './check-pictures.ts';
import { policyPairChecker } from './check-policy-pairs.ts';
import { timeChecker } from './check-times.ts';
import { createWordingChecker } from './check-wording.ts';
import { createLinkChecker, type LinkKnowledge } from './check-links.ts';
import type { Checker } from './checked-text.ts';

/** What checkers of form have to know. `emblems` are the assets that have the bytes of an approved file. */
export interface FormKnowledge {
  readonly links: LinkKnowledge;
  readonly emblems: ReadonlySet<string>;
}

/** All checkers of form and of personal data. */
export const formCheckers = ({ links, emblems }: FormKnowledge): readonly Checker[] => [
  createPersonalDataChecker(),
  createLinkChecker(links),
  createPictureChecker(emblems),
  createMetadataChecker(),
  timeChecker,
  documentNumberChecker,
  createWordingChecker(),
  policyPairChecker,
];
