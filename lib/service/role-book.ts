import { builtInRoles } from '../fleet/built-in-roles.ts';
import type { Role } from '../fleet/people.ts';
import type { Records } from '../records/index.ts';

/** The role that nobody can do without. */
export const tenantAdmin = 'tenant-admin';

const builtIn: ReadonlyMap<string, Role> = new Map(builtInRoles.map((role) => [role.id, role]));
export const findBuiltInRole = (id: string): Role | undefined => builtIn.get(id);

/** A built-in or a custom role. */
export const findRole = async (records: Records, id: string): Promise<Role | undefined> =>
  builtIn.get(id) ?? (await records.roles.get(id))?.value;
