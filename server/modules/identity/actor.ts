import type { Actor } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, rolesFrom } from './actor.rules.ts';
import { findPeople, findPerson, type PersonRow } from './session.queries.ts';

const actorOfRow = (person: PersonRow): Actor =>
  actorOf({ ...person, id: person.accountId, roles: rolesFrom(person.roles) });

/** The actor of an account, for work done in somebody's name without a request. */
export async function findActor(db: Db, accountId: string): Promise<Actor | undefined> {
  const person = await findPerson(db, accountId);
  return person && actorOfRow(person);
}

/** The actors of those of these accounts that are in use, in order of id. */
export async function findActors(db: Db, accountIds: readonly string[]): Promise<readonly Actor[]> {
  return (await findPeople(db, accountIds)).map(actorOfRow);
}

export async function getActor(db: Db, accountId: string): Promise<Actor> {
  const actor = await findActor(db, accountId);
  if (actor) return actor;
  throw new AppError('not-found', 'identity.account-not-found', '没有这个账号。');
}
