import { statfs } from 'node:fs/promises';

/** PostgreSQL settings by name, as in postgresql.conf. */
export type ServerSettings = Readonly<Record<string, string | number | boolean>>;

const defaults: ServerSettings = {
  listen_addresses: '127.0.0.1',
  // No socket file: its path may not exceed 107 bytes, and nothing here connects through one.
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  work_mem: '16MB',
  random_page_cost: 1.1,
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: false,
  // What people write must not end in a log: neither statements nor the values in an error's detail.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

const parallelQueryNeeds = 256 * 1024 * 1024;

/** The command-line arguments that start `postgres` on this port with the defaults and the caller's settings. */
export async function settingArguments(port: number, settings: ServerSettings): Promise<string[]> {
  const all = { ...defaults, ...(await sharedMemorySettings()), ...settings, port };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${formatSetting(value)}`]);
}

function formatSetting(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return String(value);
}

/** Containers often have a /dev/shm of 64 MB, in which parallel queries fail. */
async function sharedMemorySettings(): Promise<ServerSettings> {
  if (process.platform !== 'linux') return {};
  const size = await statfs('/dev/shm').then(
    (volume) => volume.bsize * volume.blocks,
    () => 0,
  );
  return size < parallelQueryNeeds ? { dynamic_shared_memory_type: 'sysv' } : {};
}
