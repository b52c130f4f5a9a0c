import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SmallDisk {
  readonly directory: string;
  /** False where this account may not mount one: then a shortage is played (`shortage`). */
  readonly isReal: boolean;
  /** Leaves no room. */
  fill(): Promise<void>;
  /** Gives the room back. */
  free(): Promise<void>;
  /** What a write must fail with now, on a disk that is only played. */
  shortage(): Error | undefined;
  remove(): Promise<void>;
}

/** A disk of two megabytes: mounted where that is permitted, else played. */
export async function aSmallDisk(): Promise<SmallDisk> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-small-disk-'));
  const isReal = await run('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', directory]).then(
    () => true,
    () => false,
  );
  const ballast = join(directory, '.ballast');
  let full = false;
  return {
    directory,
    isReal,
    async fill() {
      full = true;
      if (!isReal) return;
      // Ends when the last page of the disk is taken.
      for (let pages = 512; pages > 0; pages = Math.floor(pages / 2)) {
        for (
          let at = 0;
          await writeFile(`${ballast}-${String(pages)}-${String(at)}`, Buffer.alloc(pages * 4_096)).then(
            () => true,
            () => false,
          );
          at += 1
        );
      }
    },
    async free() {
      full = false;
      for (const name of await readdir(directory)) {
        if (name.startsWith('.ballast')) await rm(join(directory, name), { force: true });
      }
    },
    shortage: () =>
      full && !isReal
        ? Object.assign(new Error('ENOSPC: no space left on device, write'), {
            code: 'ENOSPC',
            syscall: 'write',
          })
        : undefined,
    async remove() {
      if (isReal) await run('umount', ['-l', directory]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Every file below a folder, and how large it is. */
export async function sizesIn(directory: string): Promise<ReadonlyMap<string, number>> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const sizes = new Map<string, number>();
  for (const name of names) {
    const found = await stat(join(directory, name));
    if (found.isFile() && !name.includes('.ballast')) sizes.set(name, found.size);
  }
  return sizes;
}
