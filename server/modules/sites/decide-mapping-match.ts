import type { MappingDecision, MappingMatch } from '../../../contracts/ways.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { readTimeCursor, writeTimeCursor } from '../../platform/time-cursor.ts';
import { isInScope, unitNames } from '../identity/index.ts';
import { liveHeadings, lockWhatever } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import { columnById } from './column.queries.ts';
import { syncMapped } from './list-resource.ts';
import { decideMatch } from './mapped-placement.queries.ts';
import { columnOfRule, type MatchPlace, waitingMatches, type WaitingMatch } from './mapping-match.queries.ts';
import { openPlaces } from './open-places.ts';
import { allSites } from './site.queries.ts';
import { canFill } from './sites.policy.ts';

const gone = '没有这条待确认的信息，或者已有人处理。';

/** Shows what a rule found in its column, or declines it: by whoever fills the column. */
export const decideMappingMatch = defineCommand(
  'sites.decide-mapping-match',
  ({ resourceId, ...details }: MappingDecision) => ({ kind: 'resource', id: resourceId, details }),
  async (ctx, { ruleId, resourceId, accepted, reason }): Promise<null> => {
    const columnId = await columnOfRule(ctx.db, ruleId);
    const column = columnId === undefined ? undefined : await columnById(ctx.db, columnId);
    if (!column || !isInScope(ctx.actor.scope, column.unitId)) {
      throw new AppError('not-found', 'sites.mapping-match-not-found', gone);
    }
    if (!canFill(ctx.actor, column.unitId)) {
      throw new AppError('forbidden', 'sites.column-out-of-scope', `栏目“${column.name}”不由本单位负责。`);
    }
    if (!accepted && reason === undefined) {
      throw new AppError('invalid', 'sites.reason-missing', '请写明不采用的原因。');
    }
    await lockWhatever(ctx.db, resourceId);
    const decided = await decideMatch(
      ctx.db,
      { ruleId, resourceId },
      {
        state: accepted ? 'accepted' : 'declined',
        byName: ctx.actor.name,
        at: ctx.now,
        reason: reason ?? null,
      },
    );
    if (!decided) throw new AppError('not-found', 'sites.mapping-match-not-found', gone);
    if (accepted) await syncMapped(ctx, [resourceId], 'now');
    return null;
  },
);

export async function listMappingMatches(
  { db, actor }: Reader,
  base: PublicBase,
  { cursor, limit = 20 }: { readonly cursor?: string; readonly limit?: number },
) {
  const after = cursor === undefined ? undefined : readPlace(cursor);
  const rows = await waitingMatches(db, actor.scope, { after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const ids = shown.map((row) => row.resourceId);
  const headings = await liveHeadings(db, ids);
  const names = await unitNames(db, [...new Set([...headings.values()].map((one) => one.unitId))]);
  const places = await openPlaces(db, base, ids, []);
  const siteName = new Map((await allSites(db)).map((site) => [site.id, site.shortName]));
  const last = shown.at(-1);
  return {
    items: shown.flatMap((row): MappingMatch[] => {
      const heading = headings.get(row.resourceId);
      if (!heading) return [];
      return [
        {
          ruleId: row.ruleId,
          resourceId: row.resourceId,
          title: heading.title,
          unitName: names.get(heading.unitId) ?? '',
          columnName: row.columnName,
          siteName: siteName.get(row.siteId) ?? '',
          foundAt: row.foundAt.toISOString(),
          url: places.get(row.resourceId)?.url ?? '',
        },
      ];
    }),
    nextCursor: rows.length > limit && last ? writePlace(last) : null,
  };
}

const writePlace = ({ foundAt, resourceId, ruleId }: WaitingMatch): string =>
  `${ruleId}-${writeTimeCursor({ at: foundAt, id: resourceId })}`;

function readPlace(cursor: string): MatchPlace {
  const [, ruleId = '', place = ''] = /^([1-9]\d{0,17})-(.*)$/.exec(cursor) ?? [];
  return { ...readTimeCursor(place, 'sites.cursor-wrong'), ruleId };
}
