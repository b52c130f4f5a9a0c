import type { ResourceContent } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { assetsByContent } from '../library/index.ts';
import { hostTable } from '../sites/index.ts';
import { type LinkKnowledge, linksOf } from './check-links.ts';
import type { Checker } from './checked-text.ts';
import { formCheckers } from './form-checkers.ts';
import { approvedDigests } from './emblem.queries.ts';
import { standingHosts } from './host-ruling.queries.ts';
import { addressOfLink } from './link-host.rules.ts';
import { deadAmong } from './link-state.queries.ts';

/**
 * All checkers of form with what they have to know for these contents: few statements, however many the contents are.
 * What they know is of this moment.
 */
export async function loadFormCheckers(
  db: Db,
  contents: readonly ResourceContent[],
): Promise<readonly Checker[]> {
  return formCheckers({
    links: await loadLinkKnowledge(db, contents),
    emblems: await loadApprovedEmblems(db),
  });
}

export async function loadLinkKnowledge(
  db: Db,
  contents: readonly ResourceContent[],
): Promise<LinkKnowledge> {
  const addresses = contents.flatMap((content) =>
    linksOf(content).flatMap(({ href }) => addressOfLink(href) ?? []),
  );
  const rulings = await standingHosts(db);
  const hostsOf = (standing: 'approved' | 'blocked'): ReadonlySet<string> =>
    new Set(rulings.filter((ruling) => ruling.standing === standing).map(({ host }) => host));
  return {
    own: new Set(Object.keys(await hostTable(db)).map((host) => host.replace(/:\d+$/, ''))),
    approved: hostsOf('approved'),
    blocked: hostsOf('blocked'),
    dead: await deadAmong(db, [...new Set(addresses)]),
  };
}

async function loadApprovedEmblems(db: Db): Promise<ReadonlySet<string>> {
  const digests = await approvedDigests(db);
  return new Set((await assetsByContent(db, digests)).map(({ id }) => id));
}
