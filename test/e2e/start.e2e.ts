import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

it('npm start runs the program, hands its settings on and ends as it ends', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-start-'));
  try {
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      env: { ...process.env, JIYUE_DATA: directory, JIYUE_PUBLIC_PORT: 'no port' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
    const [code] = (await once(child, 'close')) as [number | null];
    // The program refuses a wrong setting before it connects to anything: so it was the program that ran.
    expect(said).toContain('JIYUE_PUBLIC_PORT');
    expect(code, said).toBe(2);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
