import type { PlatformOffer, Subscription } from '../../../contracts/following.ts';

type Chosen = Pick<Subscription, 'sourceTypes' | 'sourceUnitIds' | 'sourceColumnIds' | 'rules'>;
type Offer = Pick<PlatformOffer, 'types' | 'units' | 'columns'>;

const gone = '对方已没有';
const unknown = '已选';

/**
 * What can be chosen, with what was chosen before: that stays visible and can be taken out, also when the other platform
 * no longer has it, or cannot be asked.
 */
export function withChosen(offer: Offer | null, chosen: Chosen): Offer {
  const { types = [], units = [], columns = [] } = offer ?? {};
  const note = offer === null ? unknown : gone;
  const left = (
    ids: readonly string[] | null,
    there: readonly { readonly id: string }[],
  ): readonly string[] => (ids ?? []).filter((id) => there.every((one) => one.id !== id));
  const ruled = new Map(chosen.rules.map((rule) => [rule.sourceColumnId, rule.sourceName]));
  const columnIds = [...new Set([...(chosen.sourceColumnIds ?? []), ...ruled.keys()])];
  const typeKeys = types.map(({ key }) => ({ id: key }));
  return {
    types: [
      ...types,
      ...left(chosen.sourceTypes, typeKeys).map((key) => ({ key, name: `${key}（${note}）`, known: true })),
    ],
    units: [
      ...units,
      ...left(chosen.sourceUnitIds, units).map((id) => ({ id, name: `编号 ${id}（${note}）` })),
    ],
    columns: [
      ...columns,
      ...left(columnIds, columns).map((id) => ({ id, site: note, name: ruled.get(id) ?? `编号 ${id}` })),
    ],
  };
}
