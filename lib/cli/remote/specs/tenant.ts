import { type Command, Option } from 'commander';
import { repeated } from '../../options.ts';
import { type Group, paged, policyOptions, time, wholeNumber, withRoles } from './spec.ts';

const loadProjects = () => import('../actions/projects.ts');
const loadTokens = () => import('../actions/tokens.ts');

const projectFields = (command: Command): Command =>
  command
    .option('--description <text>', 'free text for people')
    .option('--tag <tag>', '`key` or `key:value`; may be repeated', repeated)
    .option('--runs-days <days>', 'days that scans are listed', wholeNumber(1, 3650))
    .option('--reports-days <days>', 'days that reports and manifests are locked and kept', wholeNumber(1, 3650))
    .option('--concurrent-scans <number>', 'scans that run at the same time at most', wholeNumber(1, 200))
    .option('--probe-network <network>', 'network or address that penetration scans may knock at; may be repeated', repeated);

export const projects: Group = {
  name: 'projects',
  summary: 'what belongs together and is seen by the same people',
  specs: [
    {
      name: 'list',
      summary: 'projects that you see',
      routes: ['projects.list'],
      options: paged,
      examples: ['projects list'],
      load: async () => (await loadProjects()).listProjects,
    },
    {
      name: 'show',
      summary: 'one project',
      args: '<project>',
      routes: ['projects.get'],
      examples: ['projects show shop'],
      load: async () => (await loadProjects()).showProject,
    },
    {
      name: 'create',
      summary: 'make a project',
      args: '<name>',
      routes: ['projects.create'],
      options: projectFields,
      examples: ['projects create shop --reports-days 730'],
      load: async () => (await loadProjects()).createProject,
    },
    {
      name: 'update',
      summary: 'change a project',
      args: '<project>',
      routes: ['projects.update'],
      options: (command) => policyOptions(projectFields(command).option('--name <name>', 'new name'), 'the built-in `default` decides'),
      examples: ['projects update shop --concurrent-scans 20', 'projects update shop --policy strict'],
      load: async () => (await loadProjects()).updateProject,
    },
    {
      name: 'delete',
      summary: 'delete a project; refused while it has active clusters',
      args: '<project>',
      routes: ['projects.delete'],
      examples: ['projects delete shop'],
      load: async () => (await loadProjects()).deleteProject,
    },
  ],
};

export const tokens: Group = {
  name: 'tokens',
  summary: 'API tokens for pipelines and programs',
  specs: [
    {
      name: 'list',
      summary: 'your tokens; all of them for who may list them',
      routes: ['tokens.list'],
      options: paged,
      examples: ['tokens list'],
      load: async () => (await loadTokens()).listTokens,
    },
    {
      name: 'create',
      summary: 'make a token; its text is shown once',
      args: '<name>',
      routes: ['tokens.create'],
      options: (command) => withRoles(command).option('--days <days>', 'days until it stops working', wholeNumber(1, 366), 90),
      examples: ['tokens create nightly --project-role shop=project-viewer --days 30'],
      load: async () => (await loadTokens()).createToken,
    },
    {
      name: 'revoke',
      summary: 'revoke a token at once',
      args: '<token>',
      routes: ['tokens.revoke'],
      examples: ['tokens revoke nightly'],
      load: async () => (await loadTokens()).revokeToken,
    },
  ],
};

export const audit: Group = {
  name: 'audit',
  summary: 'changes and refusals',
  specs: [
    {
      name: 'list',
      summary: 'what was done and refused, newest first; in the tenant, or with --project in one project',
      routes: ['audit.list', 'audit.listOfProject'],
      options: (command) =>
        paged(command)
          .option('--project <project>', 'project, by name or id')
          .option('--from <time>', 'not before', time)
          .option('--to <time>', 'not after', time)
          .option('--action <operation>', 'only this operation of the API, e.g. clusters.create')
          .addOption(new Option('--outcome <outcome>', 'only what was done, or refused').choices(['done', 'refused'])),
      examples: ['audit list --outcome refused', 'audit list --project shop --from 2026-11-01 --all --json'],
      load: async () => (await import('../actions/audit.ts')).listAudit,
    },
  ],
};

const loadService = () => import('../actions/service.ts');
export const service: Group = {
  name: 'service',
  summary: 'the service itself',
  specs: [
    {
      name: 'health',
      summary: 'whether it answers, and which version it is',
      routes: ['service.health'],
      examples: ['service health'],
      load: async () => (await loadService()).health,
    },
    {
      name: 'openapi',
      summary: 'its API as an OpenAPI 3.1 document',
      routes: ['service.openapi'],
      examples: ['service openapi > openapi.json'],
      load: async () => (await loadService()).openApi,
    },
    {
      name: 'evidence-key',
      summary: 'the public key that proves sealed evidence (PEM)',
      routes: ['service.evidenceKey'],
      examples: ['service evidence-key > gatehouse.pem && gatehouse verify evidence --key gatehouse.pem'],
      load: async () => (await loadService()).evidenceKey,
    },
  ],
};
