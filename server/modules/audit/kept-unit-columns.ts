/** Columns that name a unit and stay as they are when the unit ends, each with the reason. */
export const auditKeptColumns: Readonly<Record<string, string>> = {
  'audit.entry.unit_id': 'the record of acts is never changed',
};
