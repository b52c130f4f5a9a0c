import type { CatalogueChoices } from '../../../contracts/sites.ts';
import type { Reader } from '../../platform/http.ts';
import { peopleIn } from '../identity/index.ts';
import { requireCompiler } from './change-catalogue.ts';
import { districtUnits } from './known-keepers.ts';
import { canAssign } from './sites.policy.ts';

/** Whom the entries of a site may name: of a unit's site its own people, of the portal everybody in the district. */
export async function listChoices(reader: Reader, siteId: string): Promise<CatalogueChoices> {
  const site = await requireCompiler(reader, siteId);
  // What units there are is on every site; who works there is told to those who may name them.
  const suppliers = (await districtUnits(reader)).filter((unit) => !unit.closed);
  const units = suppliers.filter((unit) => canAssign(reader.actor, site, unit.id));
  const people = await peopleIn(
    reader.db,
    units.map((unit) => unit.id),
  );
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return {
    units: units.map(named),
    suppliers: suppliers.map(named),
    people: people.map(({ id, realName, unitId, unitName }) => ({ id, name: realName, unitId, unitName })),
  };
}
