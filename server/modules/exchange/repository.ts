import type { Db } from '../../platform/db.ts';
import { allSites } from '../sites/index.ts';

/** What harvesters call this installation: by its portal. */
export interface Repository {
  readonly repositoryName: string;
  /** Host name of the portal: identifiers begin with it. */
  readonly namespace: string;
  readonly adminEmail: string;
}

export async function findRepository(db: Db): Promise<Repository> {
  const sites = await allSites(db);
  const portal = sites.find((site) => site.isPortal) ?? sites[0];
  const namespace = portal?.domains[0] ?? 'localhost';
  // The protocol wants an address with a dot.
  const host = namespace.includes('.') ? namespace : `${namespace}.invalid`;
  return {
    repositoryName: portal?.name ?? '集约 Jiyue',
    namespace,
    adminEmail: `webmaster@${host.replace(/^www\./, '')}`,
  };
}
