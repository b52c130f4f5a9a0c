import { cleanup, fireEvent, screen } from '@testing-library/react';
import { Form } from 'antd';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { fieldNotes } from '../../../contracts/field-notes.ts';
import type { FieldDescription } from '../../../contracts/library.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { aWideScreen } from '../../lib/test-parts.ts';
import { FieldInput } from './field-input.tsx';
import { FieldNotes } from './field-notes.tsx';

vi.stubGlobal('matchMedia', aWideScreen);
afterEach(cleanup);

const documentNumber: FieldDescription = {
  ...{ key: 'documentNumber', name: '文号', kind: 'line', maxLength: 60 },
  ...{ requiredAt: 'never', group: 'disclosure' },
};

function show(typed: string, readOnly = false): void {
  function Field() {
    const [value, setValue] = useState<unknown>(typed);
    const notes = fieldNotes([documentNumber], { documentNumber: String(value) }, '2026-11-27');
    return (
      <Form layout="vertical" component="div">
        <FieldInput
          field={documentNumber}
          value={value}
          unitId="2"
          readOnly={readOnly}
          problem={undefined}
          beside={<FieldNotes notes={notes} readOnly={readOnly} onChange={setValue} />}
          onChange={setValue}
        />
      </Form>
    );
  }
  renderWithServices(<Field />);
}
const input = () => screen.getByLabelText<HTMLInputElement>('文号');

describe('notes beside a field', () => {
  it('one click writes the document number in its right form, and the note goes', () => {
    show('浔府发[2026]第012号');
    expect(screen.getByText(/文号宜写作“浔府发〔2026〕12号”/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '改为“浔府发〔2026〕12号”' }));
    expect(input().value).toBe('浔府发〔2026〕12号');
    expect(screen.queryByText(/宜写作/)).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
    expect(document.activeElement).toBe(input());
  });

  it('a note does not make the field wrong', () => {
    show('浔府发[2026]12号');
    expect(document.querySelector('.ant-form-item-has-error')).toBeNull();
  });

  it('no button stands where no form is certain', () => {
    show('浔府发2026年12号');
    expect(screen.getByText(/文号与通行的写法不同/)).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('who only reads gets the note without the button', () => {
    show('浔府发[2026]12号', true);
    expect(screen.getByText(/文号宜写作/)).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
