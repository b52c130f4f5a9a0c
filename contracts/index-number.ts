import { Type } from 'typebox';

/**
 * How a unit's index numbers (信息索取号) are written, within what is in use (standards 5.4): `{code}` is the organisation
 * code of the unit, `{code9}` the nine signs of it that name the organisation, `{serial5}` counts within the year.
 */
export const IndexNumberTemplate = Type.Unsafe<IndexNumberTemplate>(
  Type.String({
    pattern: '^\\{code9?\\}[/-]\\{year\\}-\\{serial[56]\\}$',
    description: 'Such as `{code}/{year}-{serial5}`. Numbers that were given stay.',
  }),
);
export type IndexNumberTemplate = `{${'code' | 'code9'}}${'/' | '-'}{year}-{${'serial5' | 'serial6'}}`;

export const usualIndexNumberTemplate: IndexNumberTemplate = '{code}/{year}-{serial5}';

export const indexNumberTemplates: readonly IndexNumberTemplate[] = (['code', 'code9'] as const).flatMap(
  (code) =>
    (['/', '-'] as const).flatMap((sign) =>
      (['serial5', 'serial6'] as const).map(
        (serial): IndexNumberTemplate => `{${code}}${sign}{year}-{${serial}}`,
      ),
    ),
);

/** The nine signs of a unified social credit code that name the organisation; a code of nine signs is that already. */
const organisationPart = (code: string): string => (code.length === 18 ? code.slice(8, 17) : code);

export const usesCode9 = (template: IndexNumberTemplate = usualIndexNumberTemplate): boolean =>
  template.startsWith('{code9}');

/** What a unit's index numbers begin with; no two units have the same. */
export const indexCodeOf = (template: IndexNumberTemplate, organisationCode: string): string =>
  usesCode9(template) ? organisationPart(organisationCode) : organisationCode;

interface Numbered {
  readonly organisationCode: string;
  readonly year: number;
  readonly serial: number;
}

/** `000014349/2026-00001`. A serial that has outgrown its digits is written with all it has. */
export function formatIndexNumber(
  template: IndexNumberTemplate,
  { organisationCode, year, serial }: Numbered,
): string {
  return template
    .replace(/\{code9?\}/, indexCodeOf(template, organisationCode))
    .replace('{year}', String(year))
    .replace(/\{serial([56])\}/, (_, digits: string) => String(serial).padStart(Number(digits), '0'));
}

/** The templates that write the numbers of a unit differently, its own among them: a code of nine signs has no other nine. */
export const templatesFor = ({
  organisationCode,
  indexNumberTemplate,
}: {
  readonly organisationCode: string;
  readonly indexNumberTemplate: IndexNumberTemplate;
}): readonly IndexNumberTemplate[] =>
  indexNumberTemplates.filter(
    (template) =>
      organisationPart(organisationCode) !== organisationCode ||
      usesCode9(template) === usesCode9(indexNumberTemplate),
  );
