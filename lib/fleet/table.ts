import { builtInRoles } from './built-in-roles.ts';
import type { Role } from './people.ts';
import { type Permission, permissions, permissionWords } from './permissions.ts';

/** One line of the generated page: a permission, what it allows, and the roles that hold it. */
export interface PermissionRow {
  readonly permission: Permission;
  /** Completes "may …". */
  readonly allows: string;
  /** In the order of `columns`. */
  readonly held: readonly boolean[];
}
export interface PermissionTable {
  /** Names of the roles. */
  readonly columns: readonly string[];
  readonly rows: readonly PermissionRow[];
}

/** Which built-in role of a scope holds which permission. Permissions that no role of the scope holds are left out. */
export const permissionTable = (scope: Role['scope']): PermissionTable => {
  const roles = builtInRoles.filter((role) => role.scope === scope);
  const rows = permissions.map((permission) => ({
    permission,
    allows: permissionWords[permission],
    held: roles.map((role) => role.permissions.includes(permission)),
  }));
  return { columns: roles.map(({ name }) => name), rows: rows.filter(({ held }) => held.includes(true)) };
};
