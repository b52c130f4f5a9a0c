import { identityApi } from '../../../contracts/identity.ts';
import type { Reorganization } from '../../../contracts/reorganization.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { cancelReorganization, confirmReorganization } from './decide-reorganization.ts';
import { planReorganization } from './plan-reorganization.ts';
import { previewHoldings } from './preview-reorganization.ts';
import { requireReformReader } from './reorganization.policy.ts';
import { presentReorganizations } from './reorganization.presenter.ts';
import {
  findReorganization,
  newestReorganizations,
  type ReorganizationRow,
} from './reorganization.queries.ts';
import type { UnitHolding } from './unit-holding.ts';

const shownAtOnce = 100;

/** 机构改革. `holdings`: everything that a unit can hold, as the modules say it. */
export function reorganizationRoutes(holdings: readonly UnitHolding[]): Routes {
  return (mount, { perform, consult }) => {
    const getRow = async ({ db, actor }: Reader, id: string): Promise<ReorganizationRow> => {
      requireReformReader(actor);
      const row = await findReorganization(db, id);
      if (row) return row;
      throw new AppError('not-found', 'identity.reorganization-not-found', '没有这项机构改革。');
    };
    const present = async (reader: Reader, id: string): Promise<Reorganization> => {
      const [shown] = await presentReorganizations(reader, holdings, [await getRow(reader, id)]);
      if (!shown) throw new Error(`reorganization ${id} is gone`);
      return shown;
    };
    mount(identityApi.listReorganizations, ({ caller }) =>
      consult(caller, 'identity.list-reorganizations', async (reader) => {
        requireReformReader(reader.actor);
        return presentReorganizations(reader, holdings, await newestReorganizations(reader.db, shownAtOnce));
      }),
    );
    mount(identityApi.previewReorganization, ({ caller, params }) =>
      consult(caller, 'identity.preview-reorganization', async (reader) =>
        previewHoldings(reader.db, holdings, await getRow(reader, params.id)),
      ),
    );
    mount(identityApi.planReorganization, async ({ caller, body }) => {
      const id = await perform(caller, planReorganization, body);
      return consult(caller, 'identity.get-reorganization', (reader) => present(reader, id));
    });
    mount(identityApi.confirmReorganization, async ({ caller, params, body }) => {
      const id = await perform(caller, confirmReorganization, { id: params.id, ...body });
      return consult(caller, 'identity.get-reorganization', (reader) => present(reader, id));
    });
    mount(identityApi.cancelReorganization, async ({ caller, params, body }) => {
      const id = await perform(caller, cancelReorganization, { id: params.id, ...body });
      return consult(caller, 'identity.get-reorganization', (reader) => present(reader, id));
    });
  };
}
