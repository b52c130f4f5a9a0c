import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { type Catalogue, type ResponsibilityEntry, sitesApi } from '../../../contracts/sites.ts';
import type { Client } from '../../lib/client.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { aWideScreen } from '../../lib/test-parts.ts';
import { SiteCatalogue } from './site-catalogue.tsx';

/** jsdom lays nothing out, so there is nothing to observe or to measure. */
class QuietObserver {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
vi.stubGlobal('ResizeObserver', QuietObserver);
vi.stubGlobal('matchMedia', aWideScreen);

const entry = (columnId: string, name: string, part: Partial<ResponsibilityEntry>): ResponsibilityEntry => ({
  ...{ columnId, levels: [name], gathers: false, closed: false },
  ...{ unitId: '1', unitName: '区政府办', responsible: null, contact: null },
  ...{ rule: null, requirement: '', ways: [], suppliers: [], missing: [] },
  ...{ state: 'fresh', lastEntryAt: null, version: 1 },
  ...part,
});
const catalogue: Catalogue = {
  ...{ siteId: '9', siteName: '门户', day: '2026-11-27', current: true, editable: true },
  entries: [
    entry('1', '要闻', {}),
    entry('2', '通知', {}),
    entry('3', '人事', { state: 'empty', missing: ['rule'] }),
  ],
};

/** The catalogue of a site on the screen; what the form sends is kept. */
async function show() {
  const sent: unknown[] = [];
  const client = {
    call: (endpoint: unknown, input: { readonly body?: unknown }) => {
      if (endpoint === sitesApi.getCatalogue) return Promise.resolve(catalogue);
      if (endpoint === sitesApi.getCatalogueChoices) {
        return Promise.resolve({ units: [{ id: '1', name: '区政府办' }], people: [], suppliers: [] });
      }
      sent.push(input.body);
      return Promise.resolve(catalogue);
    },
  } as unknown as Client;
  renderWithServices(<SiteCatalogue siteId="9" state={{ site: '9' }} onChange={vi.fn()} />, { client });
  await screen.findByLabelText('选择要闻');
  return sent;
}

const tick = (name: string): void => {
  fireEvent.click(screen.getByLabelText(name, { selector: 'input[type=checkbox]' }));
};
const press = (name: string): void => {
  fireEvent.click(screen.getByText(name));
};

describe('choosing rows of the catalogue', () => {
  afterEach(cleanup);

  it('ends when the filter hides rows, so that none is changed that nobody sees', async () => {
    await show();
    tick('选择要闻');
    tick('选择人事');
    expect(screen.queryByText('批量修改 2 个')).not.toBeNull();
    tick('只看没写全的和空白的');
    expect(screen.queryByLabelText('选择要闻')).toBeNull();
    expect(screen.queryByText(/批量修改/)).toBeNull();
  });

  it('outlives the change of a single row, and ends with the change of all that were chosen', async () => {
    const sent = await show();
    tick('选择要闻');
    tick('选择通知');
    fireEvent.click(screen.getByLabelText('修改人事'));
    await screen.findByRole('dialog');
    press('Cancel');
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    press('批量修改 2 个');
    await screen.findByRole('dialog');
    tick('内容要求');
    fireEvent.change(screen.getByRole('textbox', { name: '内容要求' }), { target: { value: '每周' } });
    press('保存');
    await waitFor(() => {
      expect(screen.queryByText(/批量修改/)).toBeNull();
    });
    expect(sent).toEqual([
      {
        entries: [
          { columnId: '1', expectedVersion: 1 },
          { columnId: '2', expectedVersion: 1 },
        ],
        change: { requirement: '每周' },
      },
    ]);
  });
});
