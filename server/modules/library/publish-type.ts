import {
  type DefinedType,
  isBuiltIn,
  type NewType,
  resourceTypeNames,
  type ResourceTypeKey,
  type TypeChange,
  type TypeDefinition,
  type TypeOffender,
  type TypeOffenders,
} from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { unitNames } from '../identity/index.ts';
import { ownValueProblems } from './content.rules.ts';
import { describeType } from './resource-types.ts';
import {
  currentNumber,
  currentVersions,
  insertType,
  insertVersion,
  type VersionRow,
  versionsOf,
  writtenValues,
} from './type-definition.queries.ts';
import { narrows, requireDefinition } from './type-definition.rules.ts';
import { requireTypeShaper } from './type.policy.ts';

const nothingDefined: TypeDefinition = { shape: null, fields: [] };

export function presentDefined(key: ResourceTypeKey, row?: VersionRow): DefinedType {
  const definition = row?.definition ?? nothingDefined;
  return {
    key,
    name: isBuiltIn(key) ? resourceTypeNames[key] : (definition.shape?.name ?? key),
    builtIn: isBuiltIn(key),
    version: row?.number ?? 0,
    definition,
  };
}

/** A new type of resource. It can be used at once; `library.type-key-taken` when its key is in use. */
export const createType = defineCommand(
  'library.create-type',
  (input: NewType) => ({ kind: 'type-definition', id: input.key }),
  async (ctx, input): Promise<DefinedType> => {
    requireTypeShaper(ctx.actor);
    if (!(await insertType(ctx.db, input.key, ctx.now))) {
      throw new AppError('conflict', 'library.type-key-taken', '这个类型代码已经用过，请换一个。');
    }
    await requireSound(ctx.db, input.key, input.definition, []);
    return publishVersion(ctx, { ...input, number: 1 });
  },
);

export interface ChangeTypeInput extends TypeChange {
  readonly key: ResourceTypeKey;
}

/**
 * Another version of a type. What would make a resource invalid (its newest or its live revision) is refused with the
 * list; a field that becomes needed at submission is asked for when the resource is next handed in.
 */
export const changeType = defineCommand(
  'library.change-type',
  (input: ChangeTypeInput) => ({ kind: 'type-definition', id: input.key }),
  async (ctx, input): Promise<DefinedType> => {
    requireTypeShaper(ctx.actor);
    const { key, definition, expectedVersion } = input;
    const isFirst = isBuiltIn(key) && (await insertType(ctx.db, key, ctx.now));
    const locked = await currentNumber(ctx.db, key, 'update');
    if (locked === undefined) throw new AppError('not-found', 'library.type-not-found', '没有这个信息类型。');
    const current = isFirst ? 0 : locked;
    if (current !== expectedVersion) {
      throw new AppError('conflict', 'library.type-changed', '这个类型刚被别人修改过，请刷新后再改。');
    }
    const earlier = (await versionsOf(ctx.db, key)).map((row) => row.definition);
    await requireSound(ctx.db, key, definition, earlier);
    await requireNoOffenders(ctx, key, {
      number: current,
      before: earlier[0] ?? nothingDefined,
      after: definition,
    });
    return publishVersion(ctx, { key, definition, note: input.note, number: current + 1 });
  },
);

async function requireSound(
  db: Db,
  key: ResourceTypeKey,
  definition: TypeDefinition,
  earlier: readonly TypeDefinition[],
): Promise<void> {
  const others = (await currentVersions(db)).filter((row) => row.type !== key);
  const otherNames = others.flatMap((row) => row.definition.shape?.name ?? []);
  requireDefinition(definition, { key, earlier, otherNames });
}

interface Publication {
  readonly key: ResourceTypeKey;
  readonly number: number;
  readonly definition: TypeDefinition;
  readonly note?: string | undefined;
}

async function publishVersion(
  ctx: Ctx,
  { key, number, definition, note }: Publication,
): Promise<DefinedType> {
  const row = {
    type: key,
    number,
    definition,
    note: note?.trim() ?? '',
    publishedBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
    publishedByName: ctx.actor.name,
    publishedAt: ctx.now,
  };
  await insertVersion(ctx.db, row);
  return presentDefined(key, row);
}

interface Step {
  readonly number: number;
  readonly before: TypeDefinition;
  readonly after: TypeDefinition;
}

async function requireNoOffenders(ctx: Ctx, key: ResourceTypeKey, step: Step): Promise<void> {
  if (!narrows(step.before, step.after)) return;
  const details = await findOffenders(ctx.db, key, step);
  const [first] = details.offenders;
  if (!first) return;
  const many = details.more
    ? `${String(details.offenders.length)} 条以上`
    : `${String(details.offenders.length)} 条`;
  const message = `${many}信息会因此变得不合要求，例如《${first.title}》：${first.message}`;
  throw new AppError('conflict', 'library.type-in-use', message, { details });
}

const pageSize = 2_000;
const mostListed = 50;

/** Resources that the version before allows and the one after does not; the validator of content decides both. */
async function findOffenders(db: Db, key: ResourceTypeKey, step: Step): Promise<TypeOffenders> {
  const [old, next] = [step.before, step.after].map((one) => describeType(key, step.number, one));
  if (!old || !next) throw new Error('a step has two sides');
  const names = new Map(step.before.fields.map((field) => [field.key, field.name]));
  const gone = (key: string): string | undefined =>
    next.fields.some((field) => field.key === key) ? undefined : `已经填写了“${names.get(key) ?? key}”。`;
  const found = new Map<string, { title: string; unitId: string; message: string }>();
  for (let after = '0'; found.size <= mostListed;) {
    const rows = await writtenValues(db, key, after, pageSize);
    for (const { id, title, unitId, values } of rows) {
      const known = new Set(ownValueProblems(old, values ?? {}, 'archive').map((one) => one.message));
      const fresh = ownValueProblems(next, values ?? {}, 'archive').find((one) => !known.has(one.message));
      if (!fresh || found.size > mostListed) continue;
      found.set(id, { title, unitId, message: gone(fresh.field) ?? fresh.message });
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  const listed = [...found].slice(0, mostListed);
  const units = await unitNames(db, [...new Set(listed.map(([, one]) => one.unitId))]);
  const offenders = listed.map(([resourceId, { title, unitId, message }]): TypeOffender => ({
    resourceId,
    title,
    unitName: units.get(unitId) ?? '',
    message,
  }));
  return { offenders, more: found.size > mostListed };
}
