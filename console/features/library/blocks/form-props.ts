import type { Block } from '../../../../contracts/blocks.ts';

export interface FormProps<B extends Block = Block> {
  readonly block: B;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly onChange: (block: B) => void;
}
