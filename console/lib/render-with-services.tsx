import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactElement } from 'react';

import type { Client } from './client.ts';
import { createMemoryDrafts } from './local-drafts.ts';
import { createOpenDrafts } from './open-drafts.ts';
import { type Services, ServicesProvider } from './services.tsx';
import { createSessionStore } from './session-store.ts';

/** A part of the console as the app shows it, for tests: without motion, and with nobody behind what the test does not give. */
export function renderWithServices(part: ReactElement, given: Partial<Services> = {}): void {
  const services: Services = {
    client: { call: () => new Promise(() => undefined) } as unknown as Client,
    sessions: createSessionStore(),
    localDrafts: createMemoryDrafts(),
    openDrafts: createOpenDrafts(),
    restart: () => undefined,
    ...given,
  };
  render(
    <ConfigProvider button={{ autoInsertSpace: false }} theme={{ token: { motion: false } }}>
      <App>
        <ServicesProvider value={services}>
          <QueryClientProvider client={new QueryClient()}>{part}</QueryClientProvider>
        </ServicesProvider>
      </App>
    </ConfigProvider>,
  );
}
