// Installs what tests need of other programs with the system's package manager.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { run } from './prepare.mjs';

const managers = {
  'apt-get': {
    refresh: ['update', '-qq'],
    install: ['install', '-y', '-qq', '--no-install-recommends'],
    fonts: 'fonts-noto-cjk',
  },
  dnf: { install: ['install', '-y', '-q'], fonts: 'google-noto-sans-cjk-vf-fonts' },
  apk: { install: ['add', '--no-cache'], fonts: 'font-noto-cjk' },
  pacman: { install: ['-Sy', '--noconfirm', '--needed'], fonts: 'noto-fonts-cjk' },
};

/** The lines of an output that say why it failed. */
export function tellingLines(output) {
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => !/^\s+at /.test(line));
  const telling = lines.filter((line) => /error|fail|unable|cannot|denied/i.test(line));
  return (telling.length > 0 ? telling : lines).slice(-2).join('; ') || 'failed without a message';
}

/** Whether there is a program of this name. */
export function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** How to run an administrator's command without being asked for a password; undefined when there is no way. */
export function canAdminister() {
  if (process.getuid?.() === 0) return [];
  return onPath('sudo') ? ['sudo', '-n'] : undefined;
}

/** Installs one package, if that can be done without asking anybody. */
export async function installPackage(name) {
  const prefix = canAdminister();
  const manager = Object.keys(managers).find(onPath);
  if (!manager)
    return { code: 1, output: 'no package manager that is known here (apt-get, dnf, apk, pacman)' };
  if (!prefix) return { code: 1, output: `${manager} needs root, and there is no sudo` };
  const { refresh, install } = managers[manager];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const ask = (args) => {
    const [command, ...rest] = [...prefix, manager, ...args];
    return run(command, rest, { env, beat: manager, timeout: 15 * 60_000 });
  };
  // A stale list is no reason to stop: the package may still be there.
  if (refresh) await ask(refresh);
  return ask([...install, name]);
}

export function chineseFontPackage() {
  const manager = Object.keys(managers).find(onPath);
  return manager && managers[manager].fonts;
}
