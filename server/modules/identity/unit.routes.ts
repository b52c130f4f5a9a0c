import { identityApi } from '../../../contracts/identity.ts';
import type { Routes } from '../../platform/http.ts';
import { changeUnit } from './change-unit.ts';
import { createUnit } from './create-unit.ts';
import { listUnits } from './list-units.ts';

export const unitRoutes: Routes = (mount, tools) => {
  mount(identityApi.listUnits, ({ caller }) =>
    tools.consult(caller, 'identity.list-units', async (reader) => [...(await listUnits(reader))]),
  );
  mount(identityApi.createUnit, ({ caller, body }) => tools.perform(caller, createUnit, body));
  mount(identityApi.changeUnit, ({ caller, params, body }) =>
    tools.perform(caller, changeUnit, { id: params.id, change: body }),
  );
};
