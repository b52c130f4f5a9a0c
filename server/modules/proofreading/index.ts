export { requireProofread } from './check-resource.ts';
export { changeRules, createRuleSet, importRules } from './keep-rule-sets.ts';
export { createProofreader, type Proofreader } from './proofreader.ts';
export { proofreadingRoutes } from './proofreading.routes.ts';
export { isNightWanted, type NightRunner, runNight } from './run-night.ts';
export { proofreadingHoldings } from './unit-holdings.ts';
