import { Button } from 'antd';

import type { FieldNote } from '../../../contracts/field-notes.ts';

interface Props {
  readonly notes: readonly FieldNote[];
  readonly readOnly: boolean;
  readonly onChange: (value: unknown) => void;
}

/** What is worth another look, quietly under the control; where it is certain, one click writes it right. */
export function FieldNotes({ notes, readOnly, onChange }: Props) {
  return notes.map(({ field, message, suggestion }) => (
    <p key={message} className="hint field-note">
      {message}
      {suggestion === undefined || readOnly ? null : (
        <Button
          size="small"
          onClick={() => {
            onChange(suggestion);
            // The button goes away with its note; who came by keyboard stays at the field.
            document.getElementById(`field-${field}`)?.focus();
          }}
        >
          改为“{suggestion}”
        </Button>
      )}
    </p>
  ));
}
