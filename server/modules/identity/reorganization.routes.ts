import { identityApi } from '../../../contracts/identity.ts';
import type { Reorganization } from '../../../contracts/reorganization.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { cancelReorganization, confirmReorganization } from './decide-reorganization.ts';
import { planRenaming } from './plan-renaming.ts';
import { planReorganization } from './plan-reorganization.ts';
import { planSplit } from './plan-split.ts';
import { previewReorganization } from './preview-reorganization.ts';
import type { ReformParts } from './reform-parts.ts';
import { requireReformReader } from './reorganization.policy.ts';
import { presentReorganizations } from './reorganization.presenter.ts';
import {
  findReorganization,
  newestReorganizations,
  type ReorganizationRow,
} from './reorganization.queries.ts';
import { readUnitHistory } from './unit-past.ts';

const shownAtOnce = 100;

/** 机构改革. `parts`: everything that a unit can hold and that shows its name, as the modules say it. */
export function reorganizationRoutes(parts: ReformParts): Routes {
  const plansSplit = planSplit(parts.ground);
  return (mount, { perform, consult }) => {
    const getRow = async ({ db, actor }: Reader, id: string): Promise<ReorganizationRow> => {
      requireReformReader(actor);
      const row = await findReorganization(db, id);
      if (row) return row;
      throw new AppError('not-found', 'identity.reorganization-not-found', '没有这项机构改革。');
    };
    const present = async (reader: Reader, id: string): Promise<Reorganization> => {
      const [shown] = await presentReorganizations(reader, parts, [await getRow(reader, id)]);
      if (!shown) throw new Error(`reorganization ${id} is gone`);
      return shown;
    };
    mount(identityApi.listReorganizations, ({ caller }) =>
      consult(caller, 'identity.list-reorganizations', async (reader) => {
        requireReformReader(reader.actor);
        return presentReorganizations(reader, parts, await newestReorganizations(reader.db, shownAtOnce));
      }),
    );
    mount(identityApi.getReorganization, ({ caller, params }) =>
      consult(caller, 'identity.get-reorganization', (reader) => present(reader, params.id)),
    );
    mount(identityApi.readUnitHistory, ({ caller, params }) =>
      consult(caller, 'identity.read-unit-history', (reader) => readUnitHistory(reader, params.id)),
    );
    mount(identityApi.previewReorganization, ({ caller, params }) =>
      consult(caller, 'identity.preview-reorganization', async (reader) =>
        previewReorganization(reader.db, parts, await getRow(reader, params.id)),
      ),
    );
    mount(identityApi.planReorganization, async ({ caller, body }) => {
      const id = await perform(caller, planReorganization, body);
      return consult(caller, 'identity.get-reorganization', (reader) => present(reader, id));
    });
    mount(identityApi.planRenaming, async ({ caller, params, body }) => {
      const id = await perform(caller, planRenaming, { ...body, unitId: params.id });
      return consult(caller, 'identity.get-reorganization', (reader) => present(reader, id));
    });
    mount(identityApi.planSplit, async ({ caller, params, body }) => {
      const id = await perform(caller, plansSplit, { ...body, unitId: params.id });
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
