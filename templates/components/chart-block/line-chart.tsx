import type { ChartProps } from './bar-chart.tsx';
import { shareOf, ticksFor, writeNumber } from './scale.ts';

/** As many names as a phone has room for side by side. */
const MOST_NAMES = 6;
const LONGEST_NAME = 6;

/** The drawing is stretched to its box; strokes and points keep their width, and all words are outside of it. */
export function LineChart({ rows, title, unit }: ChartProps) {
  const ticks = ticksFor(rows.map((row) => row.value));
  const points = rows.map((row, index) => ({
    x: Number((((index + 0.5) / rows.length) * 100).toFixed(2)),
    y: Number((100 - shareOf(row.value, ticks)).toFixed(2)),
  }));
  const gridLines = ticks.map((tick) => Number((100 - shareOf(tick, ticks)).toFixed(2)));
  return (
    <div class="line-chart">
      <ul class="line-ticks" aria-hidden="true">
        {[...ticks].reverse().map((tick) => (
          <li>{writeNumber(tick)}</li>
        ))}
      </ul>
      <svg
        class="line-drawing"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={describe({ rows, title, unit })}
      >
        <path class="line-grid" d={gridLines.map((y) => `M0 ${y}H100`).join('')} />
        <path class="line-path" d={`M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`} />
        <path class="line-points" d={points.map(({ x, y }) => `M${x} ${y}h0`).join('')} />
      </svg>
      <Names names={rows.map((row) => row.name)} />
    </div>
  );
}

/** Under their points while there is room; else only the first and the last. */
function Names({ names }: { readonly names: readonly string[] }) {
  if (names.some((name) => name.length > LONGEST_NAME)) {
    return (
      <ul class="line-ends" aria-hidden="true">
        <li>{names[0]}</li>
        <li>{names.at(-1)}</li>
      </ul>
    );
  }
  const every = Math.ceil(names.length / MOST_NAMES);
  return (
    <ul class="line-names" aria-hidden="true">
      {names.map((name, index) => (
        <li>{index % every === 0 ? name : null}</li>
      ))}
    </ul>
  );
}

function describe({ rows, title, unit }: ChartProps): string {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return title;
  const highest = rows.reduce((best, row) => (row.value > best.value ? row : best));
  const part = (row: ChartProps['rows'][number]) => `${row.name} ${writeNumber(row.value)} ${unit}`;
  return `折线图：${title}。从${part(first)}到${part(last)}，最高为${part(highest)}。全部数值见下方数据表。`;
}
