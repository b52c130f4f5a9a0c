import type { Examples } from '../examples.ts';
import { barChartBlock, lineChartBlock } from '../../pages/blocks.examples.ts';
import { ChartBlock } from './chart-block.tsx';

export const chartBlockExamples: Examples = {
  bars: <ChartBlock block={barChartBlock} id="chart" />,
  'a line': <ChartBlock block={lineChartBlock} id="chart" />,
  'bars below zero': (
    <ChartBlock
      block={{
        ...barChartBlock,
        title: '各街道办结量同比',
        unit: '%',
        rows: [
          { name: '甘棠街道', value: 12.5 },
          { name: '湓浦街道', value: -4.2 },
          { name: '人民路街道', value: 0 },
        ],
      }}
      id="chart"
    />
  ),
  'a line with long names': (
    <ChartBlock
      block={{
        ...lineChartBlock,
        rows: [
          { name: '2024 年第一季度', value: 1_204_000 },
          { name: '2024 年第二季度', value: 1_350_500.5 },
          { name: '2024 年第三季度', value: 980_000 },
        ],
      }}
      id="chart"
    />
  ),
  'nothing but zeros': (
    <ChartBlock
      block={{
        ...barChartBlock,
        rows: [
          { name: '甲', value: 0 },
          { name: '乙', value: 0 },
        ],
      }}
      id="chart"
    />
  ),
};
