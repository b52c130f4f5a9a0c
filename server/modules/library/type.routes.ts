import { libraryApi, resourceTypes } from '../../../contracts/library.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { changeType, createType, presentDefined } from './publish-type.ts';
import { currentVersions, type VersionRow, versionsOf } from './type-definition.queries.ts';
import { requireTypeShaper } from './type.policy.ts';

async function listDefinitions(reader: Reader) {
  requireTypeShaper(reader.actor);
  const rows = await currentVersions(reader.db);
  const known = new Map(rows.map((row) => [row.type, row]));
  const made = rows.filter((row) => row.definition.shape !== null);
  return [
    ...resourceTypes.map((key) => presentDefined(key, known.get(key))),
    ...made.map((row) => presentDefined(row.type, row)),
  ];
}

const presentVersion = ({ number, definition, note, publishedByName, publishedAt }: VersionRow) => ({
  number,
  definition,
  note,
  publishedByName,
  publishedAt: publishedAt.toISOString(),
});
const mostVersions = 200;

/** Types as operators work on them; everybody else is refused before anything is looked up. */
export const typeRoutes: Routes = (mount, { perform, consult }) => {
  mount(libraryApi.listTypeDefinitions, ({ caller }) =>
    consult(caller, 'library.list-type-definitions', listDefinitions),
  );
  mount(libraryApi.listTypeVersions, ({ caller, params }) =>
    consult(caller, 'library.list-type-versions', async (reader) => {
      requireTypeShaper(reader.actor);
      return (await versionsOf(reader.db, params.id)).slice(0, mostVersions).map(presentVersion);
    }),
  );
  mount(libraryApi.createType, ({ caller, body }) => perform(caller, createType, body));
  mount(libraryApi.changeType, ({ caller, params, body }) =>
    perform(caller, changeType, { ...body, key: params.id }),
  );
};
