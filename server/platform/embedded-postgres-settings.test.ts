import { expect, test } from 'vitest';

import { settingArguments } from './embedded-postgres-settings.ts';

test('the server listens on this machine only, on the port it was given', async () => {
  const args = await settingArguments(5433, { port: 9 });
  expect(args).toContain('listen_addresses=127.0.0.1');
  expect(args).toContain('port=5433');
  expect(args).not.toContain('port=9');
});

test('a setting of the caller replaces the default', async () => {
  const args = await settingArguments(5433, { shared_buffers: '32MB', fsync: false });
  expect(args).toContain('shared_buffers=32MB');
  expect(args).toContain('fsync=off');
  expect(args.filter((arg) => arg.startsWith('shared_buffers='))).toHaveLength(1);
});
