import { type Stage, stageNames } from '../../contracts/library.ts';

/** Where a resource stands; the word says it, the colour only helps. */
export function StageTag({ stage }: { readonly stage: Stage }) {
  return <span className={`stage stage-${stage}`}>{stageNames[stage]}</span>;
}
