import { defineConfig } from 'vitest/config';

// The suffix of a test file says what it needs: .test.ts nothing, .db.test.ts a database, .dom.test.tsx a DOM.
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // One process reads the program once for many files: half the time. Nothing in it is a singleton.
          isolate: false,
          maxWorkers: '100%',
          // Property tests try hundreds of cases, and the machine may be somebody else's too.
          testTimeout: 20_000,
          include: ['{contracts,server,templates,demo,scripts,test,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/*.dom.test.tsx', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          isolate: false,
          sequence: { groupOrder: 1 },
          include: ['{server,test,demo}/**/*.db.test.ts'],
          globalSetup: ['test/database.setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/*.e2e.ts'],
          globalSetup: ['test/e2e/district.setup.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          maxWorkers: '100%',
          sequence: { groupOrder: 2 },
          include: ['{console,templates}/**/*.dom.test.tsx'],
          environment: 'jsdom',
          testTimeout: 20_000,
        },
      },
    ],
  },
});
