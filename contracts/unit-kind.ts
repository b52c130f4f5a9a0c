import { type Static, Type } from 'typebox';

export const UnitKind = Type.Union([
  Type.Literal('office'),
  Type.Literal('department'),
  Type.Literal('street'),
  Type.Literal('section'),
  Type.Literal('centre'),
]);
export type UnitKind = Static<typeof UnitKind>;
export const unitKindNames: Readonly<Record<UnitKind, string>> = {
  office: '政府办公室',
  department: '区直单位',
  street: '街道',
  section: '科室',
  centre: '中心',
};

export const OrganisationCode = Type.String({
  pattern: '^([0-9A-Z]{9}|[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10})$',
});

export const UnitName = Type.String({ minLength: 2, maxLength: 60 });
export const UnitShortName = Type.String({ minLength: 2, maxLength: 20 });
