import type { EntryChange, KeepingWay, ResponsibilityEntry, UpdateRule } from '../../../contracts/sites.ts';
import type { EntryField } from './catalogue-words.ts';

/** An entry as a form holds it. */
export interface EntryFormFields {
  readonly unitId?: string;
  readonly responsibleId?: string;
  readonly contactId?: string;
  readonly ruleKind: UpdateRule['kind'] | 'none';
  readonly ruleNumber?: number;
  readonly ruleWords?: string;
  readonly requirement: string;
  readonly ways: KeepingWay[];
  readonly supplierIds: string[];
}

export function fieldsOf(entry: ResponsibilityEntry | undefined): EntryFormFields {
  if (entry === undefined) return { ruleKind: 'days', requirement: '', ways: [], supplierIds: [] };
  const { unitId, responsible, contact, rule, requirement, ways, suppliers } = entry;
  return {
    unitId,
    ...(responsible === null ? {} : { responsibleId: responsible.id }),
    ...(contact === null ? {} : { contactId: contact.id }),
    ruleKind: rule?.kind ?? 'none',
    ...(rule?.kind === 'days' ? { ruleNumber: rule.days } : {}),
    ...(rule?.kind === 'months' ? { ruleNumber: rule.months } : {}),
    ...(rule?.kind === 'event' ? { ruleWords: rule.words } : {}),
    requirement,
    ways: [...ways],
    supplierIds: suppliers.map(({ id }) => id),
  };
}

function ruleOf({ ruleKind, ruleNumber, ruleWords }: EntryFormFields): UpdateRule | null {
  switch (ruleKind) {
    case 'none':
      return null;
    case 'event':
      return { kind: 'event', words: ruleWords?.trim() ?? '' };
    case 'days':
      return { kind: 'days', days: ruleNumber ?? 1 };
    case 'months':
      return { kind: 'months', months: ruleNumber ?? 1 };
  }
}

function valuesOf(fields: EntryFormFields): Readonly<Record<EntryField, EntryChange>> {
  return {
    unit: fields.unitId === undefined ? {} : { unitId: fields.unitId },
    responsible: { responsibleId: fields.responsibleId ?? null },
    contact: { contactId: fields.contactId ?? null },
    rule: { rule: ruleOf(fields) },
    requirement: { requirement: fields.requirement.trim() },
    ways: { ways: fields.ways },
    suppliers: { supplierIds: fields.supplierIds },
  };
}

/** What of the shown fields is to be changed; of what stood there before, only what is different. */
export function changeOf(
  fields: EntryFormFields,
  before: EntryFormFields | undefined,
  shown: readonly EntryField[],
): EntryChange {
  const [wanted, old] = [valuesOf(fields), before && valuesOf(before)];
  const changed = shown.filter(
    (field) => old === undefined || JSON.stringify(old[field]) !== JSON.stringify(wanted[field]),
  );
  return Object.assign({}, ...changed.map((field) => wanted[field])) as EntryChange;
}
