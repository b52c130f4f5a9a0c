/** `000014349/2026-00001`: organisation code, year of accession, serial of at least five digits (rules 5.4). */
export function formatIndexNumber(organisationCode: string, year: number, serial: number): string {
  return `${organisationCode}/${String(year)}-${String(serial).padStart(5, '0')}`;
}
