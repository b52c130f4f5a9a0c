import { AppError } from '../../platform/errors.ts';
import { assetsById, receiveUpload, registerAsset } from '../library/index.ts';
import { filePath } from '../sites/index.ts';
import type { CleanBody } from './clean-body.ts';
import { type PageRow, pagesByAddress, writePage } from './page.queries.ts';
import type { ProjectRow } from './project.queries.ts';
import { relocationActor, type RelocationEngine } from './relocation-engine.ts';

export interface BroughtFile {
  readonly assetId: string;
}

/**
 * The files of an article as files of the library, by their old address. A file is checked like an upload of a person;
 * one that is refused is noted, and the article comes in without it.
 */
export async function bringFiles(
  engine: RelocationEngine,
  project: ProjectRow,
  clean: CleanBody | undefined,
): Promise<ReadonlyMap<string, BroughtFile>> {
  const wanted = [...(clean?.attachments ?? []), ...(clean?.pictures ?? [])];
  const rows = await pagesByAddress(
    engine.db,
    project.id,
    wanted.map((one) => one.address),
  );
  const rowOf = new Map(rows.map((row) => [row.address, row]));
  const brought = new Map<string, BroughtFile>();
  for (const { address, name } of wanted) {
    const row = rowOf.get(address);
    if (row?.digest == null || brought.has(address)) continue;
    const assetId =
      row.assetOf === row.digest && row.assetId !== null
        ? row.assetId
        : await bringFile(engine, project, { row, digest: row.digest, name });
    if (assetId !== undefined) brought.set(address, { assetId });
  }
  return brought;
}

interface ToBring {
  readonly row: PageRow;
  readonly digest: string;
  readonly name: string;
}

async function bringFile(
  engine: RelocationEngine,
  { unitId }: ProjectRow,
  { row, digest, name }: ToBring,
): Promise<string | undefined> {
  const { db, store, assets, uploadBytes, scanner, performAsSystem } = engine;
  try {
    const upload = await receiveUpload(assets, store.open(digest), {
      fileName: name,
      limitBytes: uploadBytes,
      scanner,
    });
    const { id } = await performAsSystem(registerAsset, { ...upload, unitId }, { actor: relocationActor });
    const asset = (await assetsById(db, [id])).get(id);
    if (!asset) throw new Error(`asset ${id} was registered`);
    await writePage(db, row.id, { asset_id: id, asset_of: digest, target: filePath(asset), problem: null });
    return id;
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
    await writePage(db, row.id, { problem: 'file-refused', problem_detail: error.message });
    return undefined;
  }
}
