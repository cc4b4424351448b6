import type { RouteId } from '../../../api/index.ts';
import { succeed } from '../../../core/failure.ts';
import type { Assignments, Role, Team, User } from '../../../fleet/people.ts';
import { assignmentsOf, type RoleFlags, userIds } from '../assignments.ts';
import { idOf, type Named } from '../names.ts';
import { type Column, detailsText } from '../output.ts';
import { change, given, inSession, type ListFlags, list, show } from '../run.ts';
import type { PrintFlags } from '../session.ts';

interface TenantThing {
  readonly what: Named;
  readonly param: string;
  readonly routes: Readonly<Record<'list' | 'get' | 'update' | 'delete', RouteId>>;
}
const thing = (what: 'team' | 'role' | 'user'): TenantThing => ({
  what,
  param: `${what}Id`,
  routes: { list: `${what}s.list`, get: `${what}s.get`, update: `${what}s.update`, delete: `${what}s.delete` },
});
const [team, role, user] = [thing('team'), thing('role'), thing('user')];

type Ref = PrintFlags & Readonly<Record<'team' | 'role' | 'user', string>>;
const refOf = (flags: object, of: TenantThing): string => (flags as Record<string, string>)[of.what] ?? '';

const listOf = <T>(of: TenantThing, columns: readonly Column<T>[]) =>
  inSession<ListFlags>(async (session, flags, terminal) =>
    list(session, flags, terminal, { id: of.routes.list, none: `There are no ${of.what}s.` }, columns),
  );
const showOf = (of: TenantThing) =>
  inSession<Ref>(async (session, flags, terminal) => {
    const id = await idOf(session.client, of.what, refOf(flags, of));
    return id.ok ? show(session, terminal, of.routes.get, { params: { [of.param]: id.value } }) : id;
  });
const deleteOf = (of: TenantThing) =>
  inSession<Ref>(async (session, flags) => {
    const id = await idOf(session.client, of.what, refOf(flags, of));
    if (!id.ok) return id;
    const deleted = await change(session, of.routes.get, of.routes.delete, { params: { [of.param]: id.value } });
    return deleted.ok ? succeed({ json: null, text: `The ${of.what} ${refOf(flags, of)} is deleted.\n` }) : deleted;
  });

/** `tenant-admin; prj-…: project-admin` */
const rolesText = ({ tenantRoles, projects }: Assignments): string =>
  [tenantRoles.join(', '), ...projects.map(({ projectId, roles }) => `${projectId}: ${roles.join(', ')}`)]
    .filter((text) => text !== '')
    .join('; ');

export const listTeams = listOf<Team>(team, [
  ['name', ({ name }) => name],
  ['id', ({ id }) => id],
  ['members', ({ members }) => members.length],
  ['groups', ({ groups }) => groups.join(', ')],
  ['roles', ({ assignments }) => rolesText(assignments)],
]);
export const listRoles = listOf<Role>(role, [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['scope', ({ scope }) => scope],
  ['built in', ({ builtIn }) => builtIn],
  ['permissions', ({ permissions }) => permissions.length],
]);
export const listUsers = listOf<User>(user, [
  ['name', ({ name }) => name],
  ['id', ({ id }) => id],
  ['email', ({ email }) => email],
  ['last seen', ({ lastSeenAt }) => lastSeenAt],
  ['roles', ({ assignments }) => rolesText(assignments)],
]);
export const [showTeam, showRole, showUser] = [showOf(team), showOf(role), showOf(user)];
export const [deleteTeam, deleteRole, deleteUser] = [deleteOf(team), deleteOf(role), deleteOf(user)];

interface TeamFields extends PrintFlags, RoleFlags {
  readonly name?: string;
  readonly description?: string;
  /** Users by id, name, address or subject. */
  readonly member?: readonly string[];
  readonly group?: readonly string[];
  readonly members?: boolean;
  readonly groups?: boolean;
}
const teamBody = async (session: Parameters<Parameters<typeof inSession<TeamFields>>[0]>[0], flags: TeamFields) => {
  const assignments = await assignmentsOf(session.client, flags);
  if (!assignments.ok) return assignments;
  const members = flags.member ? await userIds(session.client, flags.member) : succeed(flags.members === false ? [] : undefined);
  if (!members.ok) return members;
  const { name, description, group, groups } = flags;
  return succeed(
    given({
      name,
      description,
      members: members.value,
      groups: group ?? (groups === false ? [] : undefined),
      assignments: assignments.value,
    }),
  );
};
export const createTeam = inSession<TeamFields>(async (session, flags, terminal) => {
  const body = await teamBody(session, flags);
  return body.ok ? show(session, terminal, 'teams.create', { body: body.value }) : body;
});

type Body = Parameters<Parameters<typeof inSession<TeamFields>>[0]>;
const updateOf = <F extends PrintFlags>(
  of: TenantThing,
  bodyOf: (
    session: Body[0],
    flags: F,
  ) => Promise<{ ok: true; value: object } | Extract<Awaited<ReturnType<typeof teamBody>>, { ok: false }>>,
) =>
  inSession<F>(async (session, flags, terminal) => {
    const id = await idOf(session.client, of.what, refOf(flags, of));
    if (!id.ok) return id;
    const body = await bodyOf(session, flags);
    if (!body.ok) return body;
    const changed = await change(session, of.routes.get, of.routes.update, { params: { [of.param]: id.value }, body: body.value });
    return changed.ok ? succeed({ json: changed.value.json, text: detailsText(terminal, changed.value.body as object) }) : changed;
  });
export const updateTeam = updateOf<TeamFields>(team, teamBody);

interface RoleFields extends PrintFlags {
  readonly name?: string;
  readonly scope?: string;
  readonly permission?: readonly string[];
}
export const createRole = inSession<RoleFields>(async (session, { name, scope, permission }, terminal) =>
  show(session, terminal, 'roles.create', { body: { name, scope, permissions: permission } }),
);
export const updateRole = updateOf<RoleFields>(role, async (_session, { name, permission }) =>
  succeed(given({ name, permissions: permission })),
);

interface UserFields extends PrintFlags, RoleFlags {
  readonly name?: string;
  readonly issuer?: string;
  readonly subject?: string;
}
export const createUser = inSession<UserFields>(async (session, flags, terminal) => {
  const { name, issuer, subject } = flags;
  const assignments = await assignmentsOf(session.client, flags);
  if (!assignments.ok) return assignments;
  return show(session, terminal, 'users.create', { body: given({ name, issuer, subject, assignments: assignments.value }) });
});
export const updateUser = updateOf<UserFields>(user, async ({ client }, flags) => {
  const assignments = await assignmentsOf(client, flags);
  return assignments.ok ? succeed(given({ name: flags.name, assignments: assignments.value })) : assignments;
});
