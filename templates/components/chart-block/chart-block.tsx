import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';
import { BarChart } from './bar-chart.tsx';
import { LineChart } from './line-chart.tsx';
import { writeNumber } from './scale.ts';

/**
 * A chart without a script. Words and numbers are text of the page, so they grow with it and are read aloud; only the
 * marks are drawn. The same numbers stand in a table below.
 */
export function ChartBlock({ block, id }: BlockProps<'chart'>) {
  if (block.rows.length === 0) return null;
  const Chart = block.form === 'bar' ? BarChart : LineChart;
  return (
    <section class="block chart" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      <p class="chart-unit">单位：{block.unit}</p>
      <Chart rows={block.rows} title={block.title} unit={block.unit} />
      <details class="unfold">
        <summary>
          数据表<span class="visually-hidden">：{block.title}</span>
        </summary>
        <div class="unfolded">
          <DataTable block={block} />
        </div>
      </details>
      {block.source !== undefined && <p class="block-note">来源：{block.source}</p>}
    </section>
  );
}

function DataTable({ block }: Pick<BlockProps<'chart'>, 'block'>) {
  return (
    <table class="chart-table">
      <caption class="visually-hidden">{block.title}</caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">数值（{block.unit}）</th>
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row) => (
          <tr>
            <th scope="row">{row.name}</th>
            <td>{writeNumber(row.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
