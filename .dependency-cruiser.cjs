// The only place where "who may know whom" is written down. Change it in the pull request that needs the change.
const may = {
  audit: [],
  identity: ['audit'],
  transparency: [],
  publishing: ['transparency'],
  search: [],
  vocabulary: ['identity'],
  fulltext: [],
  library: ['identity', 'vocabulary', 'fulltext'],
  sites: ['identity', 'vocabulary', 'library'],
  describing: ['identity', 'vocabulary', 'library'],
  proofreading: ['identity', 'library', 'sites'],
  review: ['identity', 'library', 'sites'],
  interaction: ['identity', 'sites'],
  intake: ['identity', 'library', 'sites'],
  relocation: ['identity', 'publishing', 'library', 'sites'],
  // Asks each module for its own rows, and hands them back.
  packaging: ['identity', 'vocabulary', 'publishing', 'library', 'sites', 'review'],
  // Whatever it adapts for other systems.
  exchange: ['identity', 'library', 'sites', 'search'],
  webhook: ['identity', 'library', 'sites', 'exchange'],
  following: ['identity', 'vocabulary', 'library', 'sites'],
};

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const any = (names) => `(${names.join('|')})`;

const moduleRules = Object.entries(may).map(([name, allowed]) =>
  rule(
    `module-${name}`,
    `${name} may use: ${allowed.join(', ') || 'no other module'}.`,
    { path: `^server/modules/${name}/` },
    { path: '^server/modules/', pathNot: `^server/modules/${any([name, ...allowed])}/` },
  ),
);

module.exports = {
  forbidden: [
    rule('no-cycles', 'Break the cycle by moving the shared part down.', {}, { circular: true }),
    rule(
      'no-unlisted-module',
      'Add the module to the list above.',
      { path: `^server/modules/(?!${any(Object.keys(may))}/)[^/]+/` },
      { path: '.' },
    ),
    ...moduleRules,
    rule(
      'module-front-door',
      'Other modules are used through their index.ts.',
      { path: '^server/modules/([^/]+)/' },
      { path: '^server/modules/', pathNot: '^server/modules/($1/|[^/]+/index\\.ts$)' },
    ),
    rule(
      'root-uses-front-doors',
      'Wiring uses index.ts too.',
      { path: '^server/[^/]+\\.ts$' },
      { path: '^server/modules/', pathNot: '/index\\.ts$' },
    ),
    rule(
      'platform-knows-no-domain',
      'Platform is technology only.',
      { path: '^server/platform/', pathNot: '\\.test\\.ts$' },
      { path: '^(server/modules|templates|console|demo)/' },
    ),
    rule(
      'contracts-are-leaves',
      'Contracts import nothing of ours.',
      { path: '^contracts/' },
      { path: '^(server|templates|console)/' },
    ),
    rule(
      'templates-are-pure',
      'Page templates turn data into HTML and do nothing else.',
      { path: '^templates/' },
      { path: '^(server|console)/|^node_modules/(pg|kysely|fastify)/' },
    ),
    rule(
      'templates-no-io',
      'Page templates do no I/O.',
      { path: '^templates/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'console-talks-http',
      'The console knows the server by its contracts only.',
      { path: '^console/' },
      { path: '^(server|templates)/' },
    ),
    rule(
      'console-features-apart',
      'Console features meet in console/app, not in each other.',
      { path: '^console/features/([^/]+)/' },
      { path: '^console/features/', pathNot: '^console/features/$1/' },
    ),
    rule(
      'console-ui-is-shared',
      'Shared console parts know no feature.',
      { path: '^console/(ui|lib)/' },
      { path: '^console/(features|app)/' },
    ),
    rule(
      'routes-are-edges',
      'Only the module index and app.ts may mount routes.',
      { pathNot: '(^server/modules/[^/]+/index|^server/app|\\.routes|\\.test)\\.ts$' },
      { path: '\\.routes\\.ts$' },
    ),
    rule(
      'queries-hold-no-decisions',
      'Queries do not call commands or routes.',
      { path: '\\.queries\\.ts$' },
      { path: '^server/modules/', pathNot: '(\\.(queries|types)|/scope|/index)\\.ts$' },
    ),
    rule(
      'decisions-are-pure',
      'Rules and policies import rules, policies, types, contracts and errors.',
      { path: '\\.(rules|policy)\\.ts$' },
      { pathNot: '(\\.(rules|policy|types)\\.ts$|^contracts/|^server/platform/errors\\.ts$)' },
    ),
    rule(
      'fastify-at-the-edge',
      'HTTP belongs to routes.',
      { pathNot: '(\\.routes\\.ts$|^server/platform/http|^server/[^/]+\\.ts$|\\.test\\.ts$)' },
      { path: '^node_modules/fastify/' },
    ),
    rule(
      'pg-in-platform',
      'One file opens the database.',
      { pathNot: '^server/platform/db\\.ts$|^test/' },
      { path: '^node_modules/pg/' },
    ),
    rule(
      'no-orphans',
      'Unused file.',
      { orphan: true, pathNot: '(\\.d\\.ts|\\.test\\.ts|/main\\.ts|^templates/)' },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
