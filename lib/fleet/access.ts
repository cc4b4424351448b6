import { builtInRoles } from './built-in-roles.ts';
import type { ApiToken, Assignments, Role, Team, User } from './people.ts';
import { isPermissionOf, type Permission, permissions } from './permissions.ts';

/** What somebody may do: the union of all roles, at the time of the call. Nothing takes away. */
export interface Grants {
  /** In one project; without one, in the tenant. */
  may(permission: string, projectId?: string): boolean;
  /** Whether the project exists for the caller: without it every answer about it is 404. */
  sees(projectId: string): boolean;
  /** The projects that are seen; `every` one for whoever holds `project.get` in the tenant. */
  projects(): 'every' | readonly string[];
  /** Everything that may be done, in one project or in the tenant. */
  list(projectId?: string): readonly Permission[];
}

/** Everything that decides what somebody may do. */
export interface Holder {
  readonly user: User;
  /** Teams; those that the user is not in count for nothing. */
  readonly teams: readonly Team[];
  /** Groups that the identity provider names for the user. */
  readonly groups: readonly string[];
  readonly customRoles: readonly Role[];
  /** The token that is used, if one is. */
  readonly token?: ApiToken;
}

const seesEvery = 'project.get';
const builtIn = new Map(builtInRoles.map((role) => [role.id, role]));

/**
 * What assignments allow. A role counts only in its own scope. A tenant role reaches into the projects exactly when it allows `project.get`:
 * who manages teams or users of the tenant sees nothing of what is in a project.
 */
const grantsOf = (assignments: readonly Assignments[], customRoles: readonly Role[]): Grants => {
  const roles = new Map([...customRoles.map((role) => [role.id, role] as const), ...builtIn]);
  const held = (ids: readonly string[], scope: Role['scope']): readonly (readonly string[])[] =>
    ids.flatMap((id) => {
      const role = roles.get(id);
      return role?.scope === scope ? [role.permissions.filter((permission) => isPermissionOf(scope, permission))] : [];
    });
  const ofTenant = held(
    assignments.flatMap(({ tenantRoles }) => tenantRoles),
    'tenant',
  );
  const inTenant = new Set(ofTenant.flat());
  const inEvery = new Set(ofTenant.filter((permissions) => permissions.includes(seesEvery)).flat());
  const inProject = new Map<string, Set<string>>();
  for (const { projectId, roles } of assignments.flatMap(({ projects }) => projects)) {
    const allowed = held(roles, 'project').flat();
    if (allowed.length > 0) inProject.set(projectId, new Set([...(inProject.get(projectId) ?? []), ...allowed]));
  }
  const may = (permission: string, projectId?: string): boolean =>
    projectId === undefined ? inTenant.has(permission) : inEvery.has(permission) || (inProject.get(projectId)?.has(permission) ?? false);
  return {
    may,
    sees: (projectId) => inEvery.has(seesEvery) || inProject.has(projectId),
    projects: () => (inEvery.has(seesEvery) ? 'every' : [...inProject.keys()].toSorted()),
    list: (projectId) => permissions.filter((permission) => may(permission, projectId)),
  };
};

/** What two may do both. */
const both = (one: Grants, other: Grants): Grants => {
  const may: Grants['may'] = (permission, projectId) => one.may(permission, projectId) && other.may(permission, projectId);
  const sees: Grants['sees'] = (projectId) => one.sees(projectId) && other.sees(projectId);
  return {
    may,
    sees,
    projects: () => {
      const seen = one.projects();
      return seen === 'every' ? other.projects() : seen.filter(sees);
    },
    list: (projectId) => one.list(projectId).filter((permission) => may(permission, projectId)),
  };
};

const isIn = ({ members, groups }: Team, { user, groups: ofUser }: Holder): boolean =>
  members.includes(user.id) || groups.some((group) => ofUser.includes(group));

/** What the holder may do now. A token can do what its own roles allow, and of that only what its owner may do at the time of use. */
export const permissionsOf = (holder: Holder): Grants => {
  const { user, teams, customRoles, token } = holder;
  const assignments = [user, ...teams.filter((team) => isIn(team, holder))].map((one) => one.assignments);
  const own = grantsOf(assignments, customRoles);
  if (!token) return own;
  // somebody else's token lends nothing
  return token.owner.id === user.id ? both(own, grantsOf([token.assignments], customRoles)) : grantsOf([], []);
};
