import type { Role } from '../fleet/people.ts';
import { isOfProject, isPermissionOf } from '../fleet/permissions.ts';
import type { Grants } from './handler.ts';

type RoleContent = Pick<Role, 'scope' | 'permissions'>;

/** No project has this id: what may be done there may be done in every one. */
const everyProject = '*';
/** A tenant role that allows this reaches into every project with all it allows. */
const reach = 'project.get';

const isInProjects = (permission: string): boolean => isPermissionOf('tenant', permission) && isOfProject(permission);

/** Whether the caller may do it in the tenant and, for a role that reaches so far, in every project: holding the parts of such a role in roles that do not is less. */
const mayInTenant = (grants: Grants, permission: string, reaches: boolean): boolean =>
  grants.may(permission) && (!reaches || !isInProjects(permission) || grants.may(permission, everyProject));

/** What of a role, given in a project or else in the tenant, the caller may not do there: the first such permission. */
export const missingOf = (grants: Grants, { permissions }: RoleContent, projectId?: string): string | undefined =>
  permissions.find((permission) =>
    projectId === undefined ? !mayInTenant(grants, permission, permissions.includes(reach)) : !grants.may(permission, projectId),
  );

/** What a change adds to a role that the caller may not do wherever its holders may have it. */
export const missingToAdd = (grants: Grants, before: RoleContent, after: RoleContent): string | undefined => {
  const reaches = after.permissions.includes(reach);
  const reachesOnlyNow = reaches && !before.permissions.includes(reach);
  // a role of the tenant that begins to reach into projects brings along what it allowed before
  const added = after.permissions.filter((permission) => reachesOnlyNow || !before.permissions.includes(permission));
  return added.find((permission) =>
    after.scope === 'tenant' ? !mayInTenant(grants, permission, reaches) : !grants.may(permission, everyProject),
  );
};
