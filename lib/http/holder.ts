import type { Holder } from '../fleet/access.ts';
import type { ApiToken, Assignments, Team, User } from '../fleet/people.ts';
import { partitions, type Records } from '../records/index.ts';

/** A tenant admin by deployment. By e-mail only where the issuer vouches for the address. */
export type NamedAdmin = { readonly issuer: string } & ({ readonly subject: string } | { readonly email: string });

const isNamed = (user: User, admins: readonly NamedAdmin[]): boolean =>
  admins.some(
    (admin) =>
      admin.issuer === user.issuer &&
      ('subject' in admin ? admin.subject === user.subject : admin.email.toLowerCase() === user.email?.toLowerCase()),
  );

const withAdmin = (user: User, admins: readonly NamedAdmin[]): User =>
  isNamed(user, admins)
    ? { ...user, assignments: { ...user.assignments, tenantRoles: [...user.assignments.tenantRoles, 'tenant-admin'] } }
    : user;

const rolesIn = ({ tenantRoles, projects }: Assignments): readonly string[] => [...tenantRoles, ...projects.flatMap(({ roles }) => roles)];

/**
 * Reads what decides about a person now. Nothing is cached: a team or role that is gone, or changed, counts from the next call on.
 */
export const readHolder = async (
  records: Pick<Records, 'teams' | 'roles'>,
  given: { readonly user: User; readonly groups: readonly string[]; readonly token?: ApiToken },
  admins: readonly NamedAdmin[],
): Promise<Holder> => {
  const teams: Team[] = [];
  for await (const { value } of records.teams.all(partitions.teams))
    if (value.members.includes(given.user.id) || value.groups.some((group) => given.groups.includes(group))) teams.push(value);
  const user = withAdmin(given.user, admins);
  const named = [user, ...teams, ...(given.token ? [given.token] : [])].flatMap(({ assignments }) => rolesIn(assignments));
  const custom = [...new Set(named)].filter((id) => id.startsWith('rol-'));
  const roles = await Promise.all(custom.map((id) => records.roles.get(id)));
  return { ...given, user, teams, customRoles: roles.flatMap((role) => (role ? [role.value] : [])) };
};
