import type { PlusOutlined } from '@ant-design/icons';

/** A drawing beside words that say the same, or in a button that has a name: nothing to be read aloud. */
export function Icon({ of: Drawing }: { readonly of: typeof PlusOutlined }) {
  return <Drawing aria-hidden="true" />;
}
