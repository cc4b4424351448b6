import type { Assignments } from '../../../lib/fleet/people.ts';
import type { GrantsOf, Holder } from '../../../lib/http/holder.ts';
import type { Grants } from '../../../lib/service/handler.ts';

const everything = '*';

const grantsIn = (assignments: readonly Assignments[], { customRoles }: Pick<Holder, 'customRoles'>): Grants => {
  const permissionsOf = (ids: readonly string[]): string[] =>
    ids.flatMap((id) => (id === 'tenant-admin' ? [everything] : (customRoles.find((role) => role.id === id)?.permissions ?? [])));
  const list = (projectId?: string): string[] => [
    ...new Set(
      assignments.flatMap(({ tenantRoles, projects }) => [
        ...permissionsOf(tenantRoles).filter((key) => projectId === undefined || key === everything),
        ...projects.filter((one) => one.projectId === projectId).flatMap(({ roles }) => permissionsOf(roles)),
      ]),
    ),
  ];
  const may = (permission: string, projectId?: string): boolean => list(projectId).some((key) => key === permission || key === everything);
  return { may, list, sees: (projectId) => list(projectId).length > 0 };
};

/** Stands in for the rules of roles, which have tests of their own: `tenant-admin` may everything, custom roles what they say. */
export const simpleGrants: GrantsOf = (holder) => {
  const own = grantsIn([holder.user.assignments, ...holder.teams.map(({ assignments }) => assignments)], holder);
  if (!holder.token) return own;
  const token = grantsIn([holder.token.assignments], holder);
  return {
    may: (permission, projectId) => own.may(permission, projectId) && token.may(permission, projectId),
    sees: (projectId) => own.sees(projectId) && token.sees(projectId),
    list: (projectId) => own.list(projectId).filter((key) => token.may(key, projectId)),
  };
};
