import type { AccessKey, KeyTerms, NewKey } from '../../../contracts/exchange.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { columnsById } from '../sites/index.ts';
import { makeKey } from './key-text.ts';
import { requireKeyKeeper } from './key.policy.ts';
import { presentKey } from './key.presenter.ts';
import {
  insertKey,
  keyForUpdate,
  type KeyRow,
  type KeyTermsRow,
  storeRevocation,
  updateTerms,
} from './key.queries.ts';
import { keyStateOf } from './key.rules.ts';

/** For the audit record: what a key may, in a few words and without any part of it. */
const reachOf = (terms: KeyTerms) => ({
  name: terms.name,
  units: terms.unitIds?.length ?? 'all',
  columns: terms.columnIds?.length ?? 'all',
  types: terms.types?.join(' ') ?? 'all',
  fullText: terms.fullText,
  perMinute: terms.perMinute,
  perDay: terms.perDay,
  expiresAt: terms.expiresAt,
});

async function requireTerms(ctx: Ctx, terms: KeyTerms): Promise<KeyTermsRow> {
  const { unitIds, columnIds } = terms;
  const units = await unitsById(ctx.db, unitIds ?? []);
  const columns = await columnsById(ctx.db, columnIds ?? []);
  if (units.size !== (unitIds?.length ?? 0) || columns.length !== (columnIds?.length ?? 0)) {
    throw new AppError('invalid', 'exchange.scope-unknown', '所选的单位或栏目已不存在，请重新选择。');
  }
  const expiresAt = terms.expiresAt === null ? null : new Date(terms.expiresAt);
  if (expiresAt !== null && expiresAt <= ctx.now) {
    throw new AppError('invalid', 'exchange.expiry-past', '到期时间必须晚于现在。');
  }
  return { ...terms, name: terms.name.trim(), holder: terms.holder.trim(), expiresAt };
}

/** A key that may still be changed, in the state in which the operator saw it. */
async function lockKey(ctx: Ctx, id: string, expectedVersion: number): Promise<KeyRow> {
  const key = await keyForUpdate(ctx.db, id);
  if (!key) throw new AppError('not-found', 'exchange.key-not-found', '没有这个访问密钥。');
  if (key.version !== expectedVersion) {
    throw new AppError('conflict', 'exchange.key-changed', '密钥刚被别人修改过，请核对最新内容。');
  }
  if (keyStateOf(key, ctx.now) === 'revoked') {
    throw new AppError('conflict', 'exchange.key-over', '密钥已经吊销，不能再修改。');
  }
  return key;
}

/** Makes a key. Its text is in the answer and is kept nowhere. */
export const createKey = defineCommand(
  'exchange.create-key',
  (input: KeyTerms, made: NewKey | undefined) => ({
    kind: 'access-key',
    id: made?.key.id ?? null,
    details: reachOf(input),
  }),
  async (ctx, input): Promise<NewKey> => {
    requireKeyKeeper(ctx.actor);
    const terms = await requireTerms(ctx, input);
    const { prefix, digest, text } = makeKey();
    const key = await insertKey(ctx.db, {
      ...terms,
      prefix,
      digest,
      createdAt: ctx.now,
      createdBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
      createdByName: ctx.actor.name,
    });
    return { key: await presentKey(ctx.db, key, ctx.now), secret: text };
  },
);

export interface KeyChange extends KeyTerms {
  readonly keyId: string;
  readonly expectedVersion: number;
}

/** Changes how far a key reaches; an expired one can be given a new end. */
export const changeKey = defineCommand(
  'exchange.change-key',
  (input: KeyChange) => ({ kind: 'access-key', id: input.keyId, details: reachOf(input) }),
  async (ctx, { keyId, expectedVersion, ...wanted }): Promise<AccessKey> => {
    requireKeyKeeper(ctx.actor);
    const key = await lockKey(ctx, keyId, expectedVersion);
    return presentKey(ctx.db, await updateTerms(ctx.db, key, await requireTerms(ctx, wanted)), ctx.now);
  },
);

export interface KeyRevocation {
  readonly keyId: string;
  readonly expectedVersion: number;
  readonly reason: string;
}

/** Ends a key for good; what it did stays on record. */
export const revokeKey = defineCommand(
  'exchange.revoke-key',
  (input: KeyRevocation) => ({ kind: 'access-key', id: input.keyId, details: { reason: input.reason } }),
  async (ctx, input): Promise<AccessKey> => {
    requireKeyKeeper(ctx.actor);
    const key = await lockKey(ctx, input.keyId, input.expectedVersion);
    const reason = input.reason.trim();
    if (reason === '') throw new AppError('invalid', 'exchange.reason-missing', '请写明吊销原因。');
    return presentKey(ctx.db, await storeRevocation(ctx.db, key, ctx.now, reason), ctx.now);
  },
);
