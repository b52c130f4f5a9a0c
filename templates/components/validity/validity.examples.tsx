import type { Examples } from '../examples.ts';
import { policyExamples } from '../../pages/article.examples.ts';
import { ValidityBanner, ValidityHistory, ValidityTag } from './validity.tsx';

export const validityExamples: Examples = {
  'a banner: abolished, with its successor': (
    <ValidityBanner
      validity="abolished"
      change={policyExamples['an abolished document that names its successor'].validityChange}
    />
  ),
  'a banner: amended': <ValidityBanner validity="amended" change={{ on: '2026-05-01' }} />,
  'a history': (
    <ValidityHistory
      steps={[
        {
          validity: 'abolished',
          on: '2026-11-01',
          source: { name: '关于废止部分文件的决定', url: '/d.html' },
        },
        { validity: 'amended', on: '2025-03-01', basis: '第十二条已经修改' },
      ]}
    />
  ),
  'a tag: expired': <ValidityTag validity="expired" />,
  'a tag: amended': <ValidityTag validity="amended" />,
};
