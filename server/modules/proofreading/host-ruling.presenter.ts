import type { ApprovedEmblem, HostRuling } from '../../../contracts/link-check.ts';
import type { EmblemRow } from './emblem.queries.ts';
import type { HostRulingRow } from './host-ruling.queries.ts';

const timesOf = ({ madeAt, endedAt }: { readonly madeAt: Date; readonly endedAt: Date | null }) => ({
  madeAt: madeAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});

export const presentHostRuling = (row: HostRulingRow): HostRuling => ({ ...row, ...timesOf(row) });

export const presentEmblem = (row: EmblemRow): ApprovedEmblem => ({ ...row, ...timesOf(row) });
