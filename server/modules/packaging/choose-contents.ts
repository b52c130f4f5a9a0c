import type { PackageSelection } from '../../../contracts/packaging.ts';
import { createChosen } from '../../platform/dump/dump-rows.ts';
import type { Db } from '../../platform/db.ts';
import { chooseUnits, forgetUnknownAccounts } from '../identity/index.ts';
import { chooseAssets, chooseAuthors, chooseResources, relationsLeftOut } from '../library/index.ts';
import { countRedirects } from '../publishing/index.ts';
import { chooseReviewers } from '../review/index.ts';
import {
  chooseAnnouncers,
  chooseKeepers,
  choosePictures,
  chooseTakers,
  keepPlacedOn,
} from '../sites/index.ts';
import { chooseTermChangers } from '../vocabulary/index.ts';
import type { Manifest } from './manifest.ts';

export const isWhole = (selection: PackageSelection): boolean => Object.keys(selection).length === 0;

/**
 * Notes which rows a package is made of, for the length of this transaction. Units, types, sites with their columns
 * always go whole: they are few, and everything else is hung up in them.
 */
export async function chooseContents(trx: Db, selection: PackageSelection): Promise<Manifest['leftOut']> {
  await createChosen(trx, ['unit', 'resource', 'asset', 'account']);
  if (selection.unitIds) await chooseUnits(trx, selection.unitIds);
  await chooseResources(trx, selection);
  if (selection.siteIds) await keepPlacedOn(trx, selection.siteIds);
  await choosePictures(trx);
  // Last of the files: those that another one took the place of come with it.
  await chooseAssets(trx, isWhole(selection));
  for (const chooseNames of [
    chooseAuthors,
    chooseReviewers,
    chooseAnnouncers,
    chooseKeepers,
    chooseTakers,
    chooseTermChangers,
  ])
    await chooseNames(trx);
  await forgetUnknownAccounts(trx);
  return {
    relations: await relationsLeftOut(trx),
    redirects: isWhole(selection) ? 0 : await countRedirects(trx),
  };
}
