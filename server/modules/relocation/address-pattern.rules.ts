type Step =
  { readonly kind: 'letter'; readonly letter: string } | { readonly kind: 'name' } | { readonly kind: 'any' };

function stepsOf(pattern: string): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at);
    if (letter !== '*') steps.push({ kind: 'letter', letter });
    else if (pattern.charAt(at + 1) === '*') {
      at += 1;
      steps.push({ kind: 'any' });
    } else steps.push({ kind: 'name' });
  }
  return steps;
}

const passes = (step: Step, letter: string): boolean =>
  step.kind === 'any' || (step.kind === 'name' ? letter !== '/' : step.letter === letter);

/**
 * Whether a path has the form of a pattern: `*` stands for any part of one name, `**` for anything. All places of the
 * pattern are followed at once, so that no pattern takes longer than its length times that of the path.
 */
export function matchesPattern(path: string, pattern: string): boolean {
  const steps = stepsOf(pattern);
  let places = enter(new Set([0]), steps);
  for (const letter of path) {
    const next = new Set<number>();
    for (const place of places) {
      const step = steps[place];
      if (step !== undefined && passes(step, letter)) next.add(step.kind === 'letter' ? place + 1 : place);
    }
    if (next.size === 0) return false;
    places = enter(next, steps);
  }
  return places.has(steps.length);
}

/** A wildcard may stand for nothing: whoever is before it is behind it as well. */
function enter(places: Set<number>, steps: readonly Step[]): Set<number> {
  for (const place of places) {
    const step = steps[place];
    if (step !== undefined && step.kind !== 'letter') places.add(place + 1);
  }
  return places;
}

export const matchesAny = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => matchesPattern(path, pattern));
