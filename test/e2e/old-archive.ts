import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { DistrictPlace } from './district.ts';

const repository = resolve(import.meta.dirname, '..', '..');

/** Brings so many old texts into a column, with the command an operator uses: enough for list pages behind it. */
export async function importOldTexts(place: DistrictPlace, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = String(index + 1);
    return JSON.stringify({
      key: `old/${number}`,
      title: `旧站群众体育活动记录之${number}`,
      text: `第${number}次健步走活动在湖滨举行。`,
      producedOn: '2019-05-01',
    });
  });
  const file = join(place.directory, 'old-texts.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  await runScript(place, 'import.ts', [file, '--unit', 'MBYS00300', '--column', 'jyj:/qzty/']);
}

/** Where addresses of an old website lead now, each line `old,new`; likewise with an operator's command. */
export async function importOldAddresses(
  place: DistrictPlace,
  site: string,
  lines: readonly string[],
): Promise<void> {
  const file = join(place.directory, 'old-addresses.csv');
  await writeFile(file, `${lines.join('\n')}\n`);
  await runScript(place, 'import-redirects.ts', [file, '--site', site]);
}

async function runScript(place: DistrictPlace, script: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', `scripts/${script}`, ...args], {
    cwd: repository,
    env: {
      ...process.env,
      JIYUE_DATA: join(place.directory, 'data'),
      JIYUE_PUBLIC_PORT: String(place.publicPort),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  if (code !== 0) throw new Error(`the import ended with ${String(code)}:\n${output}`);
}
