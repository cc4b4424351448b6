import type { Role } from '../fleet/people.ts';
import type { Records } from '../records/index.ts';

/** The role that nobody can do without. */
export const tenantAdmin = 'tenant-admin';

export const builtInRoles: readonly Role[] = [
  { id: tenantAdmin, name: 'Tenant Admin', scope: 'tenant', builtIn: true, permissions: ['team.update', 'cluster.delete', 'apiKey.list'] },
  { id: 'cluster-viewer', name: 'Cluster Viewer', scope: 'project', builtIn: true, permissions: ['cluster.get', 'scan.get'] },
  { id: 'cluster-admin', name: 'Cluster Admin', scope: 'project', builtIn: true, permissions: ['cluster.get', 'cluster.delete'] },
];
export const isPermissionOf = (_scope: Role['scope'], permission: string): boolean => /^(cluster|scan|team|role)\.[a-z]+$/.test(permission);

const builtIn: ReadonlyMap<string, Role> = new Map(builtInRoles.map((role) => [role.id, role]));
export const findBuiltInRole = (id: string): Role | undefined => builtIn.get(id);

/** A built-in or a custom role. */
export const findRole = async (records: Records, id: string): Promise<Role | undefined> =>
  builtIn.get(id) ?? (await records.roles.get(id))?.value;
