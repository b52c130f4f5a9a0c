import type { SiteRow } from '../../server/modules/sites/index.ts';
import { setMappings } from '../../server/modules/sites/index.ts';
import { systemActor } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { aReviewTeam, type ReviewTeam } from '../factories/review.ts';
import { aColumn, aDistrict, aStage } from '../factories/sites.ts';

export interface TestColumn {
  readonly id: string;
  readonly path: string;
}

export interface Bureau {
  readonly team: ReviewTeam;
  readonly site: SiteRow;
  readonly host: string;
  readonly columns: readonly TestColumn[];
}

export interface SmallDistrict {
  readonly bureaus: readonly Bureau[];
  /** A column of the portal that shows what the bureau's notices show. */
  readonly mapped: TestColumn;
}

/** Two units with a site and a full review team each; the portal's notices show the bureau's as well. */
export async function aSmallDistrict(db: Db): Promise<SmallDistrict> {
  const stage = aStage(db);
  const { office, bureau, portal, bureauSite } = await aDistrict(stage);
  const column = (site: SiteRow, slug: string, name: string, homePosition: number): Promise<TestColumn> =>
    aColumn(stage, { site, slug, name, homePosition, inNavigation: true });
  const mapped = await column(portal, 'tzgg', '通知公告', 1);
  const portalNews = await column(portal, 'zwyw', '政务要闻', 2);
  const notices = await column(bureauSite, 'tzgg', '通知公告', 1);
  const news = await column(bureauSite, 'jyxw', '教育新闻', 2);
  await stage.perform({ ...systemActor('test'), roles: ['operator'] }, setMappings, {
    columnId: mapped.id,
    sourceColumnIds: [notices.id],
  });
  return {
    mapped,
    bureaus: [
      {
        team: await aReviewTeam(db, office),
        site: portal,
        host: portal.domains[0] ?? '',
        columns: [mapped, portalNews],
      },
      {
        team: await aReviewTeam(db, bureau),
        site: bureauSite,
        host: bureauSite.domains[0] ?? '',
        columns: [notices, news],
      },
    ],
  };
}
