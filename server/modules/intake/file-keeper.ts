import { Readable } from 'node:stream';

import type { AssetStore } from '../../platform/asset-store.ts';
import type { VirusScanner } from '../../platform/clamd.ts';
import type { Command } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { importAsset, inspectUpload, receiveUpload } from '../library/index.ts';
import type { FileKeeper } from './compose-item.ts';
import type { RecordFile } from './intake.types.ts';

export interface KeeperParts {
  readonly assets: AssetStore;
  readonly uploadBytes: number;
  readonly scanner?: VirusScanner | undefined;
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
}

const sourceOf = (file: RecordFile): Readable => Readable.from([Buffer.from(file.bytes)]);

/** Files of records become assets of the unit, the way an upload does: looked at, cleaned, stored by digest. */
export function createKeeper(
  parts: KeeperParts,
  owner: { readonly unitId: string; readonly uploadedBy: string },
): FileKeeper {
  return {
    keep: (file) =>
      told(async () => {
        const upload = await receiveUpload(parts.assets, sourceOf(file), {
          fileName: file.fileName,
          limitBytes: parts.uploadBytes,
          scanner: parts.scanner,
        });
        const { id } = await parts.performAsSystem(importAsset, { ...upload, ...owner });
        return id;
      }),
  };
}

/** The same look, and nothing is kept. */
export function createChecker({ assets, uploadBytes }: KeeperParts): FileKeeper {
  return {
    keep: (file) =>
      told(async () => {
        await inspectUpload(assets, sourceOf(file), { fileName: file.fileName, limitBytes: uploadBytes });
        return '1';
      }),
  };
}

async function told(act: () => Promise<string>): Promise<{ assetId: string } | { refused: string }> {
  try {
    return { assetId: await act() };
  } catch (error) {
    if (error instanceof AppError && error.kind === 'invalid') return { refused: error.message };
    throw error;
  }
}
