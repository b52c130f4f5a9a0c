import type { Examples } from '../examples.ts';
import { ProgressReports } from './progress-reports.tsx';

export const progressReportsExamples: Examples = {
  'two reports after the first': (
    <ProgressReports
      reports={[
        {
          at: '2026-07-02 18:40',
          name: '长江浔阳段洪水续报（第2期）：转移群众全部安置',
          url: '/yjgl/202607/t20260702_12.html',
          summary: '截至18时，沿江三个街道转移的群众全部安置，没有人员伤亡。',
        },
        {
          at: '2026-07-02 09:10',
          name: '长江浔阳段洪水续报（第1期）：水位继续上涨',
          url: '/yjgl/202607/t20260702_11.html',
        },
      ]}
    />
  ),
};
