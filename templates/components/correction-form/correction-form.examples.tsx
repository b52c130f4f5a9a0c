import type { Examples } from '../examples.ts';
import { CorrectionForm } from './correction-form.tsx';

export const correctionFormExamples: Examples = {
  'opened from a page': (
    <CorrectionForm
      values={{}}
      page={{ path: '/zwgk/tzgg/202611/t20261122_42.html', name: '关于调整城区公交线路的公告' }}
    />
  ),
  'something is wrong': (
    <CorrectionForm
      values={{ description: '错', kind: 'typo' }}
      problems={{ page: '请填写页面网址', description: '请写得再具体一些，至少 5 个字' }}
    />
  ),
};
