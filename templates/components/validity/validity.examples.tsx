import type { Examples } from '../examples.ts';
import { policyExamples } from '../../pages/article.examples.ts';
import { ValidityBanner, ValidityTag } from './validity.tsx';

export const validityExamples: Examples = {
  'a banner: abolished, with its successor': (
    <ValidityBanner
      validity="abolished"
      change={policyExamples['an abolished document that names its successor'].validityChange}
    />
  ),
  'a banner: amended': <ValidityBanner validity="amended" change={{ on: '2026-05-01' }} />,
  'a tag: expired': <ValidityTag validity="expired" />,
  'a tag: amended': <ValidityTag validity="amended" />,
};
