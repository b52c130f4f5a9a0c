import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest ones, which begin first: one that begins last is waited for by a machine that has nothing else to do. */
const longest = [
  'test/route-leaks.db.test.ts',
  'test/faults/kill.db.test.ts',
  'test/incremental-pages.db.test.ts',
  'test/malformed.db.test.ts',
  'test/faults/follow.db.test.ts',
  'test/tampered-store.db.test.ts',
  'server/platform/embedded-postgres.db.test.ts',
  'test/e2e/accessibility.e2e.ts',
  'test/e2e/modes.e2e.ts',
  'test/e2e/editing.e2e.ts',
  'test/e2e/composing.e2e.ts',
  'test/e2e/gallery.e2e.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((name) => moduleId.endsWith(name));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

/** What all browser tests share: they wait for a real program and a real browser. */
const browser = {
  globalSetup: ['test/e2e/district.setup.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
};

// The suffix of a test file says what it needs: .test.ts nothing, .db.test.ts a database, .dom.test.tsx a DOM, .e2e.ts a browser,
// .alone.e2e.ts the demonstration district to itself.
export default defineConfig({
  test: {
    reporters: ['default'],
    sequence: { sequencer: LongestFirst },
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
          ...browser,
          name: 'e2e',
          include: ['test/e2e/*.e2e.ts'],
          exclude: ['**/*.alone.e2e.ts'],
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          ...browser,
          name: 'e2e-alone',
          include: ['test/e2e/*.alone.e2e.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
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
          setupFiles: ['test/dom.setup.ts'],
          testTimeout: 20_000,
        },
      },
    ],
  },
});
