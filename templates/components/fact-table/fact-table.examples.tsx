import { articleExamples } from '../../pages/article.examples.ts';
import { institutionExamples } from '../../pages/kinds.examples.ts';
import type { Examples } from '../examples.ts';
import { FactTable } from './fact-table.tsx';

export const factTableExamples: Examples = {
  'how to reach an institution': (
    <FactTable
      facts={institutionExamples['an institution without departments'].facts}
      caption="机构联系方式"
    />
  ),
  'lines and links': (
    <FactTable facts={articleExamples['facts of the type over the text'].particulars} caption="基本信息" />
  ),
  'no facts': <FactTable facts={[]} caption="机构联系方式" />,
};
