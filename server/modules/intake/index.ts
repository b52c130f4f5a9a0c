export { intakeRoutes } from './intake.routes.ts';
export { type ImportTurn, type ImportWorkParts, runImports } from './run-imports.ts';
export { intakeHoldings } from './unit-holdings.ts';
