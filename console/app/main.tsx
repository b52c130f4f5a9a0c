import './styles/shell.css';
import './styles/lists.css';
import './styles/assets.css';
import './styles/editor.css';
import './styles/composer.css';
import './styles/review-and-settings.css';
import './styles/proofreading.css';
import './styles/review-chains.css';
import './styles/comments.css';
import './styles/signing.css';
import './styles/reading.css';
import './styles/sites.css';
import './styles/catalogue.css';
import './styles/intake.css';
import './styles/relocation.css';
import './styles/types.css';
import './styles/vocabulary.css';
import './styles/print.css';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import chinese from 'antd/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { ApiError } from '../lib/api-error.ts';
import { ServicesProvider } from '../lib/services.tsx';
import { quietIcons } from './quiet-icons.tsx';
import { createConsoleRouter } from './router.tsx';
import { createServices } from './services.ts';
import { SessionGate } from './session-gate.tsx';
import { theme } from './theme.ts';

const services = createServices(window);
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isPassing,
    },
  },
});
const router = createConsoleRouter();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ConfigProvider {...quietIcons} locale={chinese} theme={theme} button={{ autoInsertSpace: false }}>
      <App>
        <ServicesProvider value={services}>
          <QueryClientProvider client={queries}>
            <SessionGate>
              <RouterProvider router={router} />
            </SessionGate>
          </QueryClientProvider>
        </ServicesProvider>
      </App>
    </ConfigProvider>
  </StrictMode>,
);
