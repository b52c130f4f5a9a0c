import type { SiteTheme } from '../../../contracts/sites.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { assetsById, type ShownAsset, type NamedFile } from '../library/index.ts';
import { allSites } from './site.queries.ts';

const fields = ['logoAssetId', 'bannerAssetId'] as const;

/** The files that the looks of a site name. */
export function pictureIdsOf(theme: SiteTheme): readonly string[] {
  return fields.flatMap((field) => theme[field] ?? []);
}

/**
 * A logo or a banner is a picture of the unit that answers for the site: what another unit uploaded does not become
 * public by being named here.
 */
export async function requirePictures(ctx: Ctx, unitId: string, theme: SiteTheme): Promise<void> {
  const known = await assetsById(ctx.db, pictureIdsOf(theme));
  const problems = fields.flatMap((field) => {
    const id = theme[field];
    const asset = id === undefined ? undefined : known.get(id);
    if (id === undefined || (asset?.unitId === unitId && isPicture(asset))) return [];
    return [{ field, message: '没有这张图片，或它不属于网站的责任单位，请重新上传' }];
  });
  if (problems.length === 0) return;
  throw new AppError('invalid', 'sites.picture-missing', '没有这张图片，或它不属于网站的责任单位。', {
    details: { problems },
  });
}

export function isPicture(asset: ShownAsset): boolean {
  return asset.mediaType.startsWith('image/') && asset.width !== null && asset.height !== null;
}

export interface SitePicture extends NamedFile {
  readonly siteId: string;
  readonly mediaType: string;
}

/** Every logo and banner: there are some sixty sites. */
export async function allSitePictures(db: Db): Promise<readonly SitePicture[]> {
  const named = (await allSites(db)).map((site) => ({ siteId: site.id, ids: pictureIdsOf(site.theme) }));
  const known = await assetsById(
    db,
    named.flatMap(({ ids }) => ids),
  );
  return named.flatMap(({ siteId, ids }) =>
    ids.flatMap((id) => {
      const asset = known.get(id);
      return asset ? [{ siteId, ...asset }] : [];
    }),
  );
}

/** The sites that show this file in their head. */
export async function sitesShowing(
  db: Db,
  assetId: string,
): Promise<readonly { readonly siteId: string; readonly siteName: string }[]> {
  return (await allSites(db))
    .filter((site) => pictureIdsOf(site.theme).includes(assetId))
    .map((site) => ({ siteId: site.id, siteName: site.name }));
}

/** The files that begin or end to be public when the looks of a site change. */
export async function changedPictures(
  db: Db,
  before: SiteTheme,
  after: SiteTheme,
): Promise<readonly NamedFile[]> {
  const [old, wanted] = [pictureIdsOf(before), pictureIdsOf(after)];
  const changed = [...old.filter((id) => !wanted.includes(id)), ...wanted.filter((id) => !old.includes(id))];
  return [...(await assetsById(db, changed)).values()];
}
