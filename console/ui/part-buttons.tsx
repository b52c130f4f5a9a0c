import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';

import { Icon } from './icon.tsx';

interface RemoveProps {
  /** What goes, for those who do not see where the button stands. */
  readonly what: string;
  readonly onRemove: () => void;
}

/** Takes one part out of a list in a form. */
export function RemovePart({ what, onRemove }: RemoveProps) {
  return (
    <Button icon={<Icon of={DeleteOutlined} />} aria-label={`去掉${what}`} onClick={onRemove}>
      去掉
    </Button>
  );
}

interface AddProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onAdd: () => void;
}

/** One more part at the end of a list in a form. */
export function AddPart({ label, disabled, onAdd }: AddProps) {
  return (
    <Button className="part-add" icon={<Icon of={PlusOutlined} />} disabled={disabled} onClick={onAdd}>
      {label}
    </Button>
  );
}
