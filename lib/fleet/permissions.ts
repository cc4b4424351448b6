import type { Role } from './people.ts';

// A permission is `resource.operation`. First come the resources that every platform of this kind has, as far as Gatehouse has them; profiles are
// here for later. Then, from `scan` on, keys of our own, because "may run scans" and "may change the cluster" are two things. Whoever adds a key adds it here, to the roles in
// built-in-roles.ts and to the table in built-in-roles.test.ts.

/** What a permission allows, in words that complete "may …". */
const words = {
  'audit.get': 'read an audit record',
  'audit.list': 'list the audit records',
  'cluster.create': 'register a cluster',
  'cluster.delete': 'remove a cluster',
  'cluster.get': 'see a cluster and its health',
  'cluster.list': 'list the clusters',
  'cluster.update': 'change a cluster and its credential',
  'cluster.import': 'take over a cluster that runs already',
  'clusterProfile.create': 'make a profile',
  'clusterProfile.delete': 'delete a profile',
  'clusterProfile.get': 'see a profile',
  'clusterProfile.list': 'list the profiles',
  'clusterProfile.update': 'change a profile',
  'clusterProfile.publish': 'publish a version of a profile',
  'project.create': 'make a project',
  'project.delete': 'delete a project',
  'project.get': 'see a project and its settings',
  'project.list': 'list the projects',
  'project.update': 'change a project, its retention and its caps',
  'tag.get': 'see tags',
  'tag.update': 'change tags',
  'apiKey.create': 'make tokens for others',
  'apiKey.delete': 'revoke tokens of others',
  'apiKey.get': 'see tokens of others',
  'apiKey.list': 'list all tokens',
  'apiKey.update': 'change tokens of others',
  'role.create': 'make a custom role',
  'role.delete': 'delete a custom role',
  'role.get': 'see a role',
  'role.list': 'list the roles',
  'role.update': 'change a custom role',
  'team.create': 'make a team',
  'team.delete': 'delete a team',
  'team.get': 'see a team',
  'team.list': 'list the teams',
  'team.update': 'change a team, its members and its roles',
  'user.create': 'name a user before the first sign-in',
  'user.delete': 'delete a user',
  'user.get': 'see a user',
  'user.list': 'list the users',
  'user.update': 'change a user and their roles',
  'scan.get': 'see scans, findings, comparisons and schedules',
  'scan.run': 'run a scan now',
  'scan.cancel': 'cancel a scan',
  'scan.delete': 'delete a scan from the history',
  'scan.schedule': 'set, pause and clear a schedule',
  'report.get': 'download reports and evidence',
  'policy.get': 'see policies',
  'policy.update': 'change policies',
  'waiver.get': 'see waivers',
  'waiver.request': 'ask for a waiver, and take it back',
  'waiver.approve': 'grant or reject a waiver that another person asked for, and end any',
  'upgrade.get': 'see evaluations and approvals of upgrades',
  'upgrade.ask': 'ask whether a cluster may be upgraded',
  'upgrade.override': 'ask that an upgrade goes on despite a denial, and take that back',
  'upgrade.approve': 'approve an upgrade, a repave or an override that another person asked for',
  'pipeline.get': 'see which release systems may ask, and about what',
  'pipeline.update': 'connect release systems, and say what they may ask about',
  'notification.get': 'see webhooks and their deliveries',
  'notification.update': 'make, change, test and delete webhooks',
} as const;

export type Permission = keyof typeof words;
export const permissions = Object.keys(words) as readonly Permission[];
export const permissionWords: Readonly<Record<Permission, string>> = words;

const tenantOnly = /^(apiKey|role|team|user)\.|^project\.(create|delete)$/;
/** Whether a permission is about things inside a project; all others are about the tenant. */
export const isOfProject = (permission: Permission): boolean => !tenantOnly.test(permission);

/** Whether there is such a permission, and a role of this scope can hold it. */
export const isPermissionOf = (scope: Role['scope'], permission: string): permission is Permission =>
  Object.hasOwn(words, permission) && (scope === 'tenant' || isOfProject(permission as Permission));

const letters: Readonly<Record<string, string>> = {
  C: 'create',
  D: 'delete',
  G: 'get',
  L: 'list',
  U: 'update',
  I: 'import',
  P: 'publish',
};
/** The permissions behind the letters of the tables: `cluster` and `GL` are `cluster.get`, `cluster.list`; `–` is none. */
export const spelled = (resource: string, shorthand: string): readonly Permission[] =>
  [...shorthand.replace('–', '')].map((letter) => {
    const permission = `${resource}.${letters[letter]}`;
    if (!isPermissionOf('tenant', permission)) throw new Error(`there is no permission ${permission}`);
    return permission;
  });
