import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unsoundFilesOf } from './file.queries.ts';

const named = (names: readonly string[]): string =>
  `“${names[0] ?? ''}”${names.length > 1 ? `等${String(names.length)}个文件` : ''}`;

/**
 * What a virus was found in goes no further; what nobody could scan yet may be reviewed but not published, so that a
 * scanner that is away for an hour holds up the release and not the work.
 */
export async function requireSoundFiles(
  ctx: Ctx,
  revisionId: string,
  deed: 'submit' | 'publish',
): Promise<void> {
  const files = await unsoundFilesOf(ctx.db, revisionId);
  const infected = files.filter((one) => one.scan === 'infected').map((one) => one.fileName);
  if (infected.length > 0) {
    throw new AppError(
      'conflict',
      'library.asset-infected',
      `${named(infected)}查出病毒，已被隔离，请移除后重新上传。`,
      { details: { fileNames: infected.slice(0, 20) } },
    );
  }
  const waiting = files.map((one) => one.fileName);
  if (deed === 'submit' || waiting.length === 0) return;
  throw new AppError(
    'conflict',
    'library.asset-unscanned',
    `${named(waiting)}还没有完成病毒检查，暂不能发布，请稍后再试。`,
    { details: { fileNames: waiting.slice(0, 20) } },
  );
}
