import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const ours = /^(?:node_modules|dist|data|coverage|test-results|\.git)(?:\/|$)/;

/** Every file of the repository, new ones too, without what is installed, built or written by running it. */
export function trackedFiles(): readonly string[] {
  const listed = existsSync('.git') ? listedByGit() : undefined;
  const files = listed ?? readdirSync('.', { recursive: true, encoding: 'utf8', withFileTypes: false });
  return files.filter((file) => !ours.test(file) && existsSync(file)).sort();
}

/** Undefined where git is not installed: an unpacked archive is tested all the same. */
function listedByGit(): readonly string[] | undefined {
  try {
    const text = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { encoding: 'utf8' });
    return text.split('\0').filter((file) => file !== '');
  } catch {
    return undefined;
  }
}

const source = /\.(?:ts|tsx|mjs|cjs|js|css|sql)$/;
/** Written by a program, from the migrations. */
export const generated: readonly string[] = ['db/schema.sql', 'server/platform/database.types.ts'];

export function sourceFiles(): readonly string[] {
  return trackedFiles().filter((file) => source.test(file) && !generated.includes(file));
}
