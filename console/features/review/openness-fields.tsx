import { Input, Radio, Select } from 'antd';

import type { OpenMode, OpennessReason } from '../../../contracts/openness.ts';
import { openModes, openToAll } from '../../../contracts/library.ts';

interface Props {
  /** What the ids of the fields begin with: a screen may have more than one. */
  readonly id: string;
  readonly modes?: readonly OpenMode[];
  readonly reasons: readonly OpennessReason[];
  readonly openMode: OpenMode | null;
  readonly reasonKey: string | null;
  readonly onMode: (mode: OpenMode) => void;
  readonly onReason: (key: string) => void;
}

/** 公开属性, and for what is not open to all the reason by its article. */
export function OpennessFields({ id, modes = openModes, reasons, openMode, reasonKey, ...on }: Props) {
  const fitting = reasons.filter((one) => openMode !== null && one.openModes.includes(openMode));
  const chosen = fitting.find(({ key }) => key === reasonKey);
  return (
    <>
      <fieldset className="plain-fieldset">
        <legend>公开属性认定</legend>
        <Radio.Group
          id={`${id}-mode`}
          name={`${id}-mode`}
          value={openMode}
          options={modes.map((mode) => ({ value: mode, label: mode }))}
          onChange={(event) => {
            on.onMode(event.target.value as OpenMode);
          }}
        />
      </fieldset>
      {openMode === null || openMode === openToAll ? null : (
        <>
          <label htmlFor={`${id}-reason`}>不主动公开的法定理由</label>
          <Select<string>
            id={`${id}-reason`}
            value={chosen?.key ?? null}
            placeholder="请选择"
            options={fitting.map(({ key, article, name }) => ({ value: key, label: `${article} ${name}` }))}
            onChange={on.onReason}
          />
          {chosen === undefined ? null : <p className="hint">{chosen.statute}</p>}
        </>
      )}
    </>
  );
}

interface NoteProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onChange: (text: string) => void;
}

export function NoteField({ id, label, value, maxLength, onChange }: NoteProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={maxLength}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </>
  );
}
