import { type Command, Option } from 'commander';
import { repeated } from '../../options.ts';
import { type Group, noRoles, paged, withRoles } from './spec.ts';

const loadPeople = () => import('../actions/people.ts');

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
