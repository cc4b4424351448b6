/** Which folders of lib/ each folder may import besides itself. The one statement of the layering; docs/architecture.md explains it. */
const mayReach = {
  core: [],
  checks: ['core'],
  frameworks: ['core', 'checks'],
  gate: ['core', 'reports'],
  reports: ['core', 'frameworks'],
  evaluations: ['core', 'reports', 'gate'],
  fleet: ['core', 'reports', 'gate'],
  ports: ['core', 'reports', 'fleet', 'gate'],
  scanners: ['core', 'ports', 'checks'],
  adapters: ['core', 'ports', 'reports', 'fleet', 'gate'],
  records: ['core', 'ports', 'reports', 'fleet', 'gate'],
  workflows: ['evaluations', 'core', 'ports', 'checks', 'frameworks', 'scanners', 'reports', 'gate', 'fleet', 'records'],
  service: ['evaluations', 'core', 'ports', 'checks', 'frameworks', 'scanners', 'reports', 'gate', 'fleet', 'records', 'workflows', 'api'],
  api: ['core', 'reports', 'gate', 'fleet'],
  http: ['core', 'ports', 'reports', 'gate', 'fleet', 'api', 'records', 'service'],
  infra: ['core'],
  cli: [
    'core',
    'ports',
    'checks',
    'frameworks',
    'scanners',
    'reports',
    'gate',
    'evaluations',
    'fleet',
    'records',
    'workflows',
    'service',
    'api',
    'http',
    'adapters',
  ],
};
/** @returns {import('dependency-cruiser').IForbiddenRuleType} */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
const layers = Object.entries(mayReach).map(([name, others]) =>
  rule(
    `lib-${name}`,
    { path: `^lib/${name}/`, pathNot: '[.]test[.]ts$' },
    { path: '^lib/', pathNot: [name, ...others].map((other) => `^lib/${other}/`) },
    `lib/${name} may import ${others.map((other) => `lib/${other}`).join(', ') || 'nothing'} under lib/. Move the code, or ask through a port.`,
  ),
);
export default {
  forbidden: [
    ...layers,
    // cycles are Biome's to find (noImportCycles): read by swc, an import of types looks like any other here
    rule(
      'pure-folders',
      { path: '^lib/(core|checks|frameworks|reports|gate|evaluations|fleet)/', pathNot: '[.]test[.]ts$' },
      { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|http2|child_process|dns|tls|dgram|process|os|sqlite)(/|$)' },
      'These folders decide; they do no I/O. Ask for the fact through a port.',
    ),
    rule(
      'sdk-in-adapters-only',
      { pathNot: '^lib/adapters/|^test/|[.]test[.]ts$' },
      { path: '(^|node_modules/)(@aws-sdk|@kubernetes)/' },
      'Only adapters talk to AWS and to Kubernetes.',
    ),
    rule(
      'cdk-in-infra-only',
      { pathNot: '^(bin/app[.]ts$|lib/infra/|test/)' },
      { path: '(^|node_modules/)(aws-cdk-lib|constructs|cdk-nag)(/|$)' },
      'The domain must run without CDK installed.',
    ),
    rule(
      'lambdas-are-thin',
      { path: '^lambdas/' },
      { path: '^(lib|bin|web)/', pathNot: '^lib/(workflows|service|records|ports|adapters/(aws|kubernetes|webhooks)|http|api|core)/' },
      'A handler wires a workflow to AWS adapters; decisions live in lib.',
    ),
    rule(
      'cdk-app-sees-infra',
      { path: '^bin/app[.]ts$' },
      { path: '^lib/', pathNot: '^lib/infra/' },
      'The app names stacks, nothing else.',
    ),
    rule('nobody-imports-entry-points', { pathNot: '^(lambdas|bin|test|tools)/' }, { path: '^(lambdas|bin)/' }, 'Entry points are leaves.'),
    rule(
      'a-check-stands-alone',
      { path: '[.]check[.]ts$' },
      { path: '[.](check|cases)[.]ts$' },
      'A check may use check.ts and the facts. What two checks share goes to checks/shared/.',
    ),
    rule(
      'no-import-of-tests',
      { pathNot: '[.]test[.]ts$' },
      { path: '^lib/.*[.](test|cases)[.]ts$' },
      'Production code does not know its proof.',
    ),
    rule(
      'renderers-read-the-report-only',
      { path: '^lib/reports/renderers/', pathNot: '[.]test[.]ts$' },
      { path: '^lib/', pathNot: ['^lib/reports/(renderers/|report[.]ts$|comparison[.]ts$)', '^lib/core/'] },
      'A renderer that looks things up makes two formats disagree.',
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], mainFields: ['module', 'main'] },
  },
};
