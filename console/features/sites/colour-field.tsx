import { Input } from 'antd';

import { colourPattern, contrastWithWhite, enoughContrast } from '../../../contracts/colour.ts';

interface Props {
  /** Given by the form. */
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (colour: string) => void;
}

/** A colour as text and as a swatch, with what it means for those who read it on white. */
export function ColourField({ id, value = '', onChange }: Props) {
  const isColour = new RegExp(colourPattern).test(value);
  const contrast = isColour ? contrastWithWhite(value) : null;
  return (
    <div className="row colour">
      <input
        type="color"
        aria-label="选颜色"
        value={isColour ? value : '#ffffff'}
        onChange={(event) => {
          onChange?.(event.target.value);
        }}
      />
      <Input
        {...(id === undefined ? {} : { id })}
        value={value}
        maxLength={7}
        spellCheck={false}
        onChange={(event) => {
          onChange?.(event.target.value);
        }}
      />
      <span className="hint" role="status">
        {contrast === null
          ? '形如 #1d5b8f'
          : `与白色对比 ${contrast.toFixed(1)} : 1，${contrast >= enoughContrast ? '清晰' : '太浅，应不低于 4.5 : 1'}`}
      </span>
    </div>
  );
}
