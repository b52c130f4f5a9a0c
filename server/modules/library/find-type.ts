import {
  isBuiltIn,
  type ResourceContent,
  type ResourceType,
  type ResourceTypeKey,
} from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { describeType, resourceTypeList, resourceTypeOf } from './resource-types.ts';
import {
  currentNumber,
  currentVersions,
  type VersionName,
  versionOf,
  versionsNamed,
} from './type-definition.queries.ts';

/**
 * The type as it is now and as it stays until the transaction ends: what is written by it cannot be made invalid by a
 * version that is published in the same moment.
 */
export async function lockType(db: Db, key: ResourceTypeKey): Promise<ResourceType> {
  const number = await currentNumber(db, key, 'share');
  // Asked for after the lock, in a statement of its own: the version may be as young as the lock.
  const row = number === undefined ? undefined : await versionOf(db, key, number);
  if (row) return describeType(key, row.number, row.definition);
  if (isBuiltIn(key)) return resourceTypeOf(key);
  throw new AppError('invalid', 'library.type-not-found', '没有这个信息类型。');
}

/** All types as they are now: the built-in ones first, then those of the operators. */
export async function currentTypes(db: Db): Promise<readonly ResourceType[]> {
  const rows = await currentVersions(db);
  const defined = new Map(rows.map((row) => [row.type, describeType(row.type, row.number, row.definition)]));
  return [
    ...resourceTypeList.map((type) => defined.get(type.key) ?? type),
    ...[...defined.values()].filter((type) => !isBuiltIn(type.key)),
  ];
}

/** One of them, also when nothing new is made of it any more. */
export async function typeAsItIs(db: Db, key: ResourceTypeKey): Promise<ResourceType> {
  const type = (await currentTypes(db)).find((one) => one.key === key);
  if (!type) throw new AppError('invalid', 'library.type-not-found', '没有这个信息类型。');
  return type;
}

interface Described {
  readonly type: ResourceTypeKey;
  readonly content: ResourceContent;
}

/** The descriptions that revisions were written by. They never change, so that a page made from them stays as it is. */
export interface TypeShelf {
  of(resource: Described): ResourceType;
}

const nameOf = ({ type, content }: Described): VersionName | undefined =>
  content.typeVersion === undefined ? undefined : { type, number: content.typeVersion };
const wordOf = ({ type, number }: VersionName): string => `${type}/${String(number)}`;

export async function typesOf(db: Db, resources: readonly Described[]): Promise<TypeShelf> {
  const names = new Map(resources.flatMap((one) => nameOf(one) ?? []).map((name) => [wordOf(name), name]));
  const rows = await versionsNamed(db, [...names.values()]);
  const types = new Map(rows.map((row) => [wordOf(row), describeType(row.type, row.number, row.definition)]));
  return {
    of(resource) {
      const name = nameOf(resource);
      if (name === undefined && isBuiltIn(resource.type)) return resourceTypeOf(resource.type);
      const type = name && types.get(wordOf(name));
      if (!type) throw new Error(`no version of the type ${resource.type} for what was written by it`);
      return type;
    },
  };
}
