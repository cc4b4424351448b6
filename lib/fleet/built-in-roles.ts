import type { Role } from './people.ts';
import { isOfProject, type Permission, permissions, spelled } from './permissions.ts';

// Two tables, to be read beside those of the documentation. C create · D delete · G get · L list · U update · I import · P publish · – none.

const projectRoles = [
  ['project-admin', 'Project Admin', 'projectAdmin'],
  ['project-editor', 'Project Editor', 'editor'],
  ['project-viewer', 'Project Viewer', 'viewer'],
  ['profile-admin', 'Profile Admin', undefined],
  ['profile-editor', 'Profile Editor', undefined],
  ['profile-viewer', 'Profile Viewer', undefined],
  ['cluster-admin', 'Cluster Admin', 'clusterAdmin'],
  ['cluster-editor', 'Cluster Editor', 'editor'],
  ['cluster-viewer', 'Cluster Viewer', 'viewer'],
] as const;

/** One column per project role, in the order above. Everyone has `tag.get`. */
const projectTable = {
  audit: 'GL GL GL – – – – – –',
  cluster: 'CDGLUI GLU GL – – – CDGLUI GLU GL',
  clusterProfile: 'CDGLUP GLUP GL CDGLUP GLUP GL GL GL GL',
  project: 'GLU GLU GL – – – – – –',
  tag: 'GU GU G GU GU G GU GU G',
};

const ranks = ['viewer', 'editor', 'clusterAdmin', 'projectAdmin'] as const;
type Rank = (typeof ranks)[number];
/**
 * Keys of Gatehouse's own, under the least rank that has them; each rank has those of the ranks before it. Profile roles have none. Where events
 * are sent is for whoever answers for the project: a webhook carries what happens in it to somewhere else.
 */
const ownKeys: Readonly<Record<Rank, readonly Permission[]>> = {
  viewer: ['scan.get', 'report.get', 'policy.get', 'waiver.get', 'upgrade.get', 'pipeline.get', 'notification.get'],
  editor: ['scan.run', 'scan.cancel', 'scan.delete', 'scan.schedule', 'waiver.request', 'upgrade.ask', 'upgrade.override'],
  clusterAdmin: ['policy.update', 'upgrade.approve'],
  projectAdmin: ['waiver.approve', 'pipeline.update', 'notification.update'],
};
const ownUpTo = (rank: Rank | undefined): readonly Permission[] =>
  rank === undefined ? [] : ranks.slice(0, ranks.indexOf(rank) + 1).flatMap((each) => ownKeys[each]);

const isRead = (permission: Permission): boolean => /\.(get|list)$/.test(permission);
const all = (row: Readonly<Record<string, string>>): readonly Permission[] =>
  Object.entries(row).flatMap(([resource, shorthand]) => spelled(resource, shorthand));

const tenantTable: readonly (readonly [id: string, name: string, permissions: readonly Permission[]])[] = [
  ['tenant-admin', 'Tenant Admin', permissions],
  ['tenant-viewer', 'Tenant Viewer', permissions.filter(isRead)],
  ['tenant-project-admin', 'Tenant Project Admin', [...permissions.filter(isOfProject), ...all({ project: 'CD', apiKey: 'GL' })]],
  ['tenant-cluster-profile-admin', 'Tenant Cluster Profile Admin', all({ clusterProfile: 'CDGLUP', tag: 'GU' })],
  ['tenant-role-admin', 'Tenant Role Admin', all({ role: 'CDGLU', tag: 'G' })],
  ['tenant-team-admin', 'Tenant Team Admin', all({ team: 'CDGLU', user: 'GL', apiKey: 'GL', audit: 'GL', tag: 'G' })],
  ['tenant-user-admin', 'Tenant User Admin', all({ user: 'CDGLU', apiKey: 'CDGLU', audit: 'GL', tag: 'G' })],
];

const ordered = (held: readonly Permission[]): Permission[] => permissions.filter((permission) => held.includes(permission));
const column = (index: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(projectTable).map(([resource, cells]) => [resource, cells.split(' ')[index] as string]));

/** The roles that every deployment has. They can be neither changed nor deleted. */
export const builtInRoles: readonly Role[] = [
  ...projectRoles.map(
    ([id, name, rank], index): Role => ({
      id,
      name,
      scope: 'project',
      builtIn: true,
      permissions: ordered([...all(column(index)), ...ownUpTo(rank)]),
    }),
  ),
  ...tenantTable.map(([id, name, held]): Role => ({ id, name, scope: 'tenant', builtIn: true, permissions: ordered(held) })),
];
