import { shareOf, ticksFor, writeNumber } from './scale.ts';

export interface ChartProps {
  readonly title: string;
  readonly unit: string;
  readonly rows: readonly { readonly name: string; readonly value: number }[];
}

/** One line each: name, bar, number. Reads well where it is narrow, and needs no picture to be understood. */
export function BarChart({ rows }: ChartProps) {
  const ticks = ticksFor(rows.map((row) => row.value));
  const zero = shareOf(0, ticks);
  return (
    <ul class="bars">
      {rows.map(({ name, value }) => {
        const end = shareOf(value, ticks);
        return (
          <li>
            <span class="bar-name">{name}</span>
            <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
              <rect x={Math.min(zero, end)} y="0" width={widthBetween(zero, end)} height="1" />
            </svg>
            <span class="bar-value">{writeNumber(value)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function widthBetween(one: number, other: number): number {
  return Number(Math.abs(other - one).toFixed(2));
}
