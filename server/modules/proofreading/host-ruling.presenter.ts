import type { ApprovedEmblem, HostRuling } from '../../../contracts/link-check.ts';
import type { Db } from '../../platform/db.ts';
import { assetsByContent } from '../library/index.ts';
import type { EmblemRow } from './emblem.queries.ts';
import type { HostRulingRow } from './host-ruling.queries.ts';

const timesOf = ({ madeAt, endedAt }: { readonly madeAt: Date; readonly endedAt: Date | null }) => ({
  madeAt: madeAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});

export const presentHostRuling = (row: HostRulingRow): HostRuling => ({ ...row, ...timesOf(row) });

/** With an asset of any unit to look at. */
export async function presentEmblems(db: Db, rows: readonly EmblemRow[]): Promise<ApprovedEmblem[]> {
  const assets = await assetsByContent(
    db,
    rows.map(({ digest }) => digest),
  );
  const shown = new Map(assets.map(({ id, digest }) => [digest, id]));
  return rows.map((row) => ({ ...row, ...timesOf(row), assetId: shown.get(row.digest) ?? null }));
}

export async function presentEmblem(db: Db, row: EmblemRow): Promise<ApprovedEmblem> {
  const [shown] = await presentEmblems(db, [row]);
  if (!shown) throw new Error(`emblem ${row.id} could not be presented`);
  return shown;
}
