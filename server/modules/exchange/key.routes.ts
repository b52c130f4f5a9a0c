import { exchangeApi } from '../../../contracts/exchange.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { AppError } from '../../platform/errors.ts';
import type { Routes } from '../../platform/http.ts';
import { changeKey, createKey, revokeKey } from './keep-keys.ts';
import { requireKeyReader } from './key.policy.ts';
import { presentKeys } from './key.presenter.ts';
import { keyById, newestKeys, usageSince } from './key.queries.ts';

const mostKeys = 500;
const dayMilliseconds = 86_400_000;

/** The console's side: operators make, limit and revoke keys, and see what they are used for. */
export const exchangeRoutes: Routes = (mount, { perform, consult }) => {
  mount(exchangeApi.listKeys, ({ caller }) =>
    consult(caller, 'exchange.list-keys', async ({ db, actor, now }) => {
      requireKeyReader(actor);
      return presentKeys(db, await newestKeys(db, mostKeys), now);
    }),
  );
  mount(exchangeApi.createKey, ({ caller, body }) => perform(caller, createKey, body));
  mount(exchangeApi.changeKey, ({ caller, params, body }) =>
    perform(caller, changeKey, { ...body, keyId: params.id }),
  );
  mount(exchangeApi.revokeKey, ({ caller, params, body }) =>
    perform(caller, revokeKey, { ...body, keyId: params.id }),
  );
  mount(exchangeApi.readUsage, ({ caller, params, query }) =>
    consult(caller, 'exchange.read-usage', async ({ db, actor, now }) => {
      requireKeyReader(actor);
      if (!(await keyById(db, params.id))) {
        throw new AppError('not-found', 'exchange.key-not-found', '没有这个访问密钥。');
      }
      const first = dayInChina(new Date(now.getTime() - ((query.days ?? 30) - 1) * dayMilliseconds));
      return (await usageSince(db, params.id, first)).map((row) => ({
        day: row.day,
        operation: row.operation,
        requests: Number(row.requests),
        refused: Number(row.refused),
        bytes: Number(row.bytes),
      }));
    }),
  );
};
