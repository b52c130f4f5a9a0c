import { resourceTypes, resourceTypeNames } from '../../../contracts/resource-type.ts';
import type {
  DefinedField,
  FieldDescription,
  ResourceTypeKey,
  TypeDefinition,
} from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';

interface Problem {
  readonly field: string;
  readonly message: string;
}

/** What a definition is judged beside. */
export interface DefinitionContext {
  readonly key: ResourceTypeKey;
  /** Every earlier version, the newest first. */
  readonly earlier: readonly TypeDefinition[];
  /** Names of the other types that operators made. */
  readonly otherNames: readonly string[];
}

/** Operators' fields as everything else reads fields. */
export function describedFields(fields: readonly DefinedField[]): readonly FieldDescription[] {
  return fields.map((field) => ({ ...field, group: 'main' as const }));
}

const lettered: ReadonlySet<DefinedField['kind']> = new Set(['line', 'text']);
const chosen: ReadonlySet<DefinedField['kind']> = new Set(['choice', 'choices']);
const fromVocabulary: ReadonlySet<DefinedField['kind']> = new Set(['term', 'terms']);
/** What a field says exactly when it is of one of these kinds. */
const partsOfKinds = [
  ['maxLength', lettered, '的最大字数：文字要填，其他不填。'],
  ['choices', chosen, '的选项：单选和多选要填，其他不填。'],
  ['vocabulary', fromVocabulary, '的词表：从词表选的要指明，其他不填。'],
] as const;
const longestLine = 500;

/** What is wrong with a definition in itself and beside what was defined before; nothing about resources. */
export function definitionProblems(
  definition: TypeDefinition,
  context: DefinitionContext,
): readonly Problem[] {
  const { fields } = definition;
  const kinds = new Map(context.earlier.flatMap((one) => one.fields).map((field) => [field.key, field.kind]));
  return [
    ...shapeProblems(definition, context),
    ...fields.flatMap((field, at) => [
      ...repeated(fields.slice(0, at), field),
      ...limitProblems(field),
      ...kindProblems(field, kinds.get(field.key)),
    ]),
  ];
}

function shapeProblems({ shape }: TypeDefinition, context: DefinitionContext): readonly Problem[] {
  const isBuiltIn = resourceTypes.some((one) => one === context.key);
  if (shape === null) {
    return isBuiltIn ? [] : [{ field: 'shape', message: '自定义类型要有名称、页面样式和正文的设置。' }];
  }
  if (isBuiltIn) return [{ field: 'shape', message: '系统自带的类型只能增加字段。' }];
  const names = [...Object.values(resourceTypeNames), ...context.otherNames];
  const before = context.earlier[0]?.shape;
  return [
    ...(names.includes(shape.name) ? [{ field: 'name', message: `已经有叫“${shape.name}”的类型。` }] : []),
    ...(before && before.body !== 'none' && shape.body === 'none'
      ? [{ field: 'body', message: '有正文的类型不能改为没有正文。' }]
      : []),
  ];
}

function repeated(before: readonly DefinedField[], field: DefinedField): readonly Problem[] {
  return [
    ...(before.some((one) => one.key === field.key)
      ? [{ field: field.key, message: `字段代码 ${field.key} 用了两次。` }]
      : []),
    ...(before.some((one) => one.name === field.name)
      ? [{ field: field.key, message: `有两个字段都叫“${field.name}”。` }]
      : []),
  ];
}

/** A key keeps its kind for ever, also after its field was taken away: old revisions still hold its values. */
function kindProblems(field: DefinedField, before: DefinedField['kind'] | undefined): readonly Problem[] {
  if (before === undefined || before === field.kind) return [];
  return [{ field: field.key, message: `“${field.name}”的类型不能改变；请另加一个字段。` }];
}

function limitProblems(field: DefinedField): readonly Problem[] {
  const { key, name, kind, maxLength, minimum, maximum } = field;
  const wrong = (message: string): Problem => ({ field: key, message: `“${name}”${message}` });
  const problems = partsOfKinds
    .filter(([part, kinds]) => kinds.has(kind) !== (field[part] !== undefined))
    .map(([, , sentence]) => wrong(sentence));
  if (kind === 'line' && (maxLength ?? 0) > longestLine)
    problems.push(wrong(`：单行文字最多 ${longestLine} 字。`));
  const isBounded = minimum !== undefined || maximum !== undefined;
  if (kind !== 'number' && isBounded) problems.push(wrong('不是数字，不能限制大小。'));
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    problems.push(wrong('的最小值大于最大值。'));
  }
  return problems;
}

/** Whether anything written before may be refused by the new version: only then are the resources looked through. */
export function narrows(before: TypeDefinition, after: TypeDefinition): boolean {
  const now = new Map(after.fields.map((field) => [field.key, field]));
  const old = new Set(before.fields.map((field) => field.key));
  const added = after.fields.some((field) => !old.has(field.key) && field.requiredAt === 'draft');
  return added || before.fields.some((field) => isNarrower(field, now.get(field.key)));
}

function isNarrower(before: DefinedField, after: DefinedField | undefined): boolean {
  if (after === undefined) return true;
  const lost = (before.choices ?? []).some((choice) => after.choices?.includes(choice) !== true);
  return (
    lost ||
    before.vocabulary !== after.vocabulary ||
    hasLessRoom(before, after) ||
    (after.requiredAt === 'draft' && before.requiredAt !== 'draft')
  );
}

function hasLessRoom(before: DefinedField, after: DefinedField): boolean {
  const room = ({ maxLength = Infinity, minimum = -Infinity, maximum = Infinity }: DefinedField) =>
    [maxLength, -minimum, maximum] as const;
  const [old, next] = [room(before), room(after)];
  return next.some((one, at) => one < (old[at] ?? one));
}

/** Throws with every problem at once. */
export function requireDefinition(definition: TypeDefinition, context: DefinitionContext): void {
  const problems = definitionProblems(definition, context);
  const [first] = problems;
  if (first) throw new AppError('invalid', 'library.type-invalid', first.message, { details: { problems } });
}
