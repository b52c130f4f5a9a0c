export { requireProofread } from './check-resource.ts';
export { changeRules, createRuleSet, importRules } from './keep-rule-sets.ts';
export { createProofreader, type Proofreader } from './proofreader.ts';
export { proofreadingRoutes } from './proofreading.routes.ts';
export { isNightWanted, type NightRunner, runNight } from './run-night.ts';
export { proofreadingHoldings } from './unit-holdings.ts';
export { linkCheckRoutes } from './link-check.routes.ts';
export { noteLinks } from './note-links.ts';
export { createLinkRunner } from './try-links.ts';
