import type { BlockProps } from '../blocks/block-of.ts';
import { EntryBlock } from '../entry-block/entry-block.tsx';

export function ColumnsBlock({ block, id }: BlockProps<'columns'>) {
  const filled = block.blocks.filter((each) => each.entries.length > 0);
  if (filled.length === 0) return null;
  return (
    <div class="columns">
      {filled.map((each, index) => (
        <EntryBlock block={each} id={`${id}-${index}`} />
      ))}
    </div>
  );
}
