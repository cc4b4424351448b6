import { type Command, Option } from 'commander';
import { repeated } from '../../options.ts';
import { type Group, noRoles, paged, time, wholeNumber, withRoles } from './spec.ts';

const loadProjects = () => import('../actions/projects.ts');
const loadPeople = () => import('../actions/people.ts');
const loadTokens = () => import('../actions/tokens.ts');

const projectFields = (command: Command): Command =>
  command
    .option('--description <text>', 'free text for people')
    .option('--tag <tag>', '`key` or `key:value`; may be repeated', repeated)
    .option('--runs-days <days>', 'days that scans are listed', wholeNumber(1, 3650))
    .option('--reports-days <days>', 'days that reports and manifests are locked and kept', wholeNumber(1, 3650))
    .option('--concurrent-scans <number>', 'scans that run at the same time at most', wholeNumber(1, 200));

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
      options: (command) => projectFields(command).option('--name <name>', 'new name'),
      examples: ['projects update shop --concurrent-scans 20'],
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

const teamFields = (command: Command): Command =>
  command
    .option('--description <text>', 'free text for people')
    .option('--member <user>', 'user by name, address or id; may be repeated', repeated)
    .option('--group <group>', 'group of the identity provider; may be repeated', repeated);

export const teams: Group = {
  name: 'teams',
  summary: 'people who hold the same roles',
  specs: [
    {
      name: 'list',
      summary: 'all teams',
      routes: ['teams.list'],
      options: paged,
      examples: ['teams list'],
      load: async () => (await loadPeople()).listTeams,
    },
    {
      name: 'show',
      summary: 'one team',
      args: '<team>',
      routes: ['teams.get'],
      examples: ['teams show platform'],
      load: async () => (await loadPeople()).showTeam,
    },
    {
      name: 'create',
      summary: 'make a team',
      args: '<name>',
      routes: ['teams.create'],
      options: (command) => withRoles(teamFields(command)),
      examples: ['teams create platform --group k8s-admins --project-role shop=project-admin'],
      load: async () => (await loadPeople()).createTeam,
    },
    {
      name: 'update',
      summary: 'change members, groups or roles; a list that is given replaces the one there',
      args: '<team>',
      routes: ['teams.update'],
      options: (command) =>
        noRoles(teamFields(command))
          .option('--name <name>', 'new name')
          .option('--no-members', 'take all members out')
          .option('--no-groups', 'take all groups out'),
      examples: ['teams update platform --member ada@example.com --member grace@example.com'],
      load: async () => (await loadPeople()).updateTeam,
    },
    {
      name: 'delete',
      summary: 'delete a team; its members lose its roles at once',
      args: '<team>',
      routes: ['teams.delete'],
      examples: ['teams delete platform'],
      load: async () => (await loadPeople()).deleteTeam,
    },
  ],
};

const permission = (command: Command): Command =>
  command.option('--permission <key>', '`resource.operation`, e.g. scan.run; may be repeated', repeated);
export const roles: Group = {
  name: 'roles',
  summary: 'named sets of permissions',
  specs: [
    {
      name: 'list',
      summary: 'all roles, built-in ones first',
      routes: ['roles.list'],
      options: paged,
      examples: ['roles list --all'],
      load: async () => (await loadPeople()).listRoles,
    },
    {
      name: 'show',
      summary: 'one role',
      args: '<role>',
      routes: ['roles.get'],
      examples: ['roles show project-admin'],
      load: async () => (await loadPeople()).showRole,
    },
    {
      name: 'create',
      summary: 'make a custom role',
      args: '<name>',
      routes: ['roles.create'],
      options: (command) =>
        permission(command).addOption(
          new Option('--scope <scope>', 'where it can be given').choices(['tenant', 'project']).default('project'),
        ),
      examples: ["roles create 'scan starter' --permission scan.run --permission scan.get"],
      load: async () => (await loadPeople()).createRole,
    },
    {
      name: 'update',
      summary: 'change a custom role; permissions that are given replace those there',
      args: '<role>',
      routes: ['roles.update'],
      options: (command) => permission(command).option('--name <name>', 'new name'),
      examples: ["roles update 'scan starter' --permission scan.run"],
      load: async () => (await loadPeople()).updateRole,
    },
    {
      name: 'delete',
      summary: 'delete a custom role; whoever holds it loses it at once',
      args: '<role>',
      routes: ['roles.delete'],
      examples: ["roles delete 'scan starter'"],
      load: async () => (await loadPeople()).deleteRole,
    },
  ],
};

export const users: Group = {
  name: 'users',
  summary: 'people who signed in, or were named before',
  specs: [
    {
      name: 'list',
      summary: 'all users',
      routes: ['users.list'],
      options: paged,
      examples: ['users list'],
      load: async () => (await loadPeople()).listUsers,
    },
    {
      name: 'show',
      summary: 'one user',
      args: '<user>',
      routes: ['users.get'],
      examples: ['users show ada@example.com'],
      load: async () => (await loadPeople()).showUser,
    },
    {
      name: 'create',
      summary: 'name a user before the first sign-in',
      args: '<name>',
      routes: ['users.create'],
      options: (command) =>
        withRoles(
          command
            .requiredOption('--issuer <url>', 'issuer of the identity, exactly as in its tokens')
            .requiredOption('--subject <subject>', 'subject at that issuer'),
        ),
      examples: ['users create Ada --issuer https://id.example.com --subject 248289761001 --role tenant-admin'],
      load: async () => (await loadPeople()).createUser,
    },
    {
      name: 'update',
      summary: 'change the name or the roles of a user; roles that are given replace those there',
      args: '<user>',
      routes: ['users.update'],
      options: (command) => noRoles(command).option('--name <name>', 'new name'),
      examples: ['users update ada@example.com --project-role shop=project-admin'],
      load: async () => (await loadPeople()).updateUser,
    },
    {
      name: 'delete',
      summary: 'remove a user with all roles and tokens',
      args: '<user>',
      routes: ['users.delete'],
      examples: ['users delete ada@example.com'],
      load: async () => (await loadPeople()).deleteUser,
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
