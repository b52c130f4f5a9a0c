/** Round numbers that hold all values and zero between them: what a reader expects beside a chart. */
export function ticksFor(values: readonly number[]): readonly number[] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const step = roundStep((high - low) / 4);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  // Whole multiples, counted: adding the step again and again would gather errors.
  return Array.from({ length: last - first + 1 }, (_, index) => trim((first + index) * step));
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. A chart of nothing but zeros, or nearly, still has a scale. */
function roundStep(rough: number): number {
  if (rough < 1e-12) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** A place between the first and the last tick in hundredths, short enough for markup. */
export function shareOf(value: number, ticks: readonly number[]): number {
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  return trim(((value - low) / (high - low)) * 100, 2);
}

function trim(value: number, digits?: number): number {
  return Number(digits === undefined ? value.toPrecision(12) : value.toFixed(digits));
}

/** `1234567.5` as `1,234,567.5`, whatever language the machine speaks. */
export function writeNumber(value: number): string {
  const [whole = '', part] = String(Math.abs(value)).split('.');
  if (whole.includes('e')) return String(value);
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${value < 0 ? '−' : ''}${grouped}${part === undefined ? '' : `.${part}`}`;
}
