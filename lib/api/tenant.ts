import { z } from 'zod';
import { Description, Name, ProjectId, Tags } from '../fleet/common.ts';
import { ApiToken, Assignments, AuditRecord, PermissionKey, Role, RoleId, Team, TeamId, TokenId, User, UserId } from '../fleet/people.ts';
import { Project, Retention } from '../fleet/project.ts';
import { PageQuery, pageOf } from './paging.ts';
import { route } from './route.ts';

const inProject = z.object({ projectId: ProjectId });
const team = z.object({ teamId: TeamId });
const role = z.object({ roleId: RoleId });
const user = z.object({ userId: UserId });
const token = z.object({ tokenId: TokenId });
const may = (permission: string) => ({ permission });

const NewProject = z.strictObject({
  name: Name,
  description: Description.default(''),
  tags: Tags.default([]),
  retention: Retention.optional(),
  concurrentScans: z.int().min(1).max(200).optional().describe('Scans that run at the same time at most; default 10.'),
});
const ProjectChange = NewProject.extend({ description: Description, tags: Tags }).partial();
const NewTeam = z.strictObject({
  name: Name,
  description: Description.default(''),
  members: Team.shape.members.default([]),
  groups: Team.shape.groups.default([]),
  assignments: Assignments.prefault({ tenantRoles: [], projects: [] }),
});
const TeamChange = z
  .strictObject({ name: Name, description: Description, members: Team.shape.members, groups: Team.shape.groups, assignments: Assignments })
  .partial();
const NewRole = z.strictObject({ name: Name, scope: z.enum(['tenant', 'project']), permissions: z.array(PermissionKey).min(1).max(200) });
const NewUser = z.strictObject({
  issuer: z.url().max(500).describe('Issuer of the identity, exactly as in its tokens.'),
  subject: z.string().min(1).max(256).describe('Subject at that issuer.'),
  name: z.string().trim().min(1).max(200),
  assignments: Assignments.prefault({ tenantRoles: [], projects: [] }),
});
const NewToken = z.strictObject({
  name: Name,
  assignments: Assignments.describe('What it may do; never more than the caller can.'),
  days: z
    .int()
    .min(1)
    .max(366)
    .default(90)
    .describe('Days until it stops working; one made with a token ends with that token at the latest.'),
});
const AuditQuery = PageQuery.extend({
  from: z.iso.datetime().optional().describe('Not before this time.'),
  to: z.iso.datetime().optional().describe('Not after this time.'),
  action: z.string().max(60).optional().describe('Only this operation, e.g. `clusters.create`.'),
  outcome: z.enum(['done', 'refused']).optional().describe('Only what was done, or refused.'),
});

export const Me = z
  .object({
    actor: z.object({ type: z.string(), id: z.string(), name: z.string() }).describe('Who you are.'),
    tenant: z.array(PermissionKey).describe('What you may do in the whole tenant.'),
    projects: z
      .array(z.object({ projectId: ProjectId, name: z.string(), permissions: z.array(PermissionKey) }))
      .describe('What you may do in single projects.'),
  })
  .meta({ id: 'Me', description: 'Who the caller is, and what the caller may do.' });

export const SignIn = z
  .object({
    issuer: z.string().nullable().describe('OpenID Connect issuer to sign in with; null where only tokens are taken (one machine).'),
    clientId: z.string().nullable().describe('Client id of the command line at that issuer.'),
    scopes: z.array(z.string()).describe('Scopes to ask for.'),
  })
  .meta({ id: 'SignIn', description: 'How to sign in here.' });

/** Who may do what: projects, teams, roles, users, tokens, audit. */
export const tenantRoutes = {
  'service.health': route({
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether the service answers, and which version it is.',
    access: 'public',
    answer: z.object({ status: z.literal('ok'), version: z.string() }),
  }),
  'service.openapi': route({
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document.',
    access: 'public',
    answer: z.looseObject({ openapi: z.string() }),
  }),
  'service.signIn': route({ method: 'GET', path: '/v1/sign-in', summary: 'How people sign in.', access: 'public', answer: SignIn }),
  'service.evidenceKey': route({
    method: 'GET',
    path: '/v1/evidence-key',
    summary: 'The public key that proves sealed evidence.',
    access: 'self',
    answer: z.object({ keyId: z.string(), pem: z.string() }),
  }),
  'me.get': route({ method: 'GET', path: '/v1/me', summary: 'Who you are and what you may do.', access: 'self', answer: Me }),

  'projects.list': route({
    method: 'GET',
    path: '/v1/projects',
    summary: 'Projects that you see.',
    access: 'self',
    query: PageQuery,
    answer: pageOf(Project, 'projects'),
  }),
  'projects.create': route({
    method: 'POST',
    path: '/v1/projects',
    summary: 'Makes a project.',
    access: may('project.create'),
    body: NewProject,
    answer: Project,
    status: 201,
    versioned: true,
  }),
  'projects.get': route({
    method: 'GET',
    path: '/v1/projects/{projectId}',
    summary: 'One project.',
    access: may('project.get'),
    params: inProject,
    answer: Project,
    versioned: true,
  }),
  'projects.update': route({
    method: 'PATCH',
    path: '/v1/projects/{projectId}',
    summary: 'Changes a project.',
    access: may('project.update'),
    params: inProject,
    body: ProjectChange,
    answer: Project,
    versioned: true,
  }),
  'projects.delete': route({
    method: 'DELETE',
    path: '/v1/projects/{projectId}',
    summary: 'Deletes a project; refused while it has active clusters.',
    access: may('project.delete'),
    params: inProject,
    status: 204,
    versioned: true,
  }),

  'teams.list': route({
    method: 'GET',
    path: '/v1/teams',
    summary: 'All teams.',
    access: may('team.list'),
    query: PageQuery,
    answer: pageOf(Team, 'teams'),
  }),
  'teams.create': route({
    method: 'POST',
    path: '/v1/teams',
    summary: 'Makes a team.',
    access: may('team.create'),
    body: NewTeam,
    answer: Team,
    status: 201,
    versioned: true,
  }),
  'teams.get': route({
    method: 'GET',
    path: '/v1/teams/{teamId}',
    summary: 'One team.',
    access: may('team.get'),
    params: team,
    answer: Team,
    versioned: true,
  }),
  'teams.update': route({
    method: 'PATCH',
    path: '/v1/teams/{teamId}',
    summary: 'Changes members, groups or roles of a team.',
    access: may('team.update'),
    params: team,
    body: TeamChange,
    answer: Team,
    versioned: true,
  }),
  'teams.delete': route({
    method: 'DELETE',
    path: '/v1/teams/{teamId}',
    summary: 'Deletes a team; its members lose its roles at once.',
    access: may('team.delete'),
    params: team,
    status: 204,
    versioned: true,
  }),

  'roles.list': route({
    method: 'GET',
    path: '/v1/roles',
    summary: 'All roles, built-in ones first.',
    access: may('role.list'),
    query: PageQuery,
    answer: pageOf(Role, 'roles'),
  }),
  'roles.create': route({
    method: 'POST',
    path: '/v1/roles',
    summary: 'Makes a custom role.',
    access: may('role.create'),
    body: NewRole,
    answer: Role,
    status: 201,
    versioned: true,
  }),
  'roles.get': route({
    method: 'GET',
    path: '/v1/roles/{roleId}',
    summary: 'One role.',
    access: may('role.get'),
    params: role,
    answer: Role,
    versioned: true,
  }),
  'roles.update': route({
    method: 'PATCH',
    path: '/v1/roles/{roleId}',
    summary: 'Changes a custom role.',
    access: may('role.update'),
    params: role,
    body: NewRole.omit({ scope: true }).partial(),
    answer: Role,
    versioned: true,
  }),
  'roles.delete': route({
    method: 'DELETE',
    path: '/v1/roles/{roleId}',
    summary: 'Deletes a custom role; whoever holds it loses it at once.',
    access: may('role.delete'),
    params: role,
    status: 204,
    versioned: true,
  }),

  'users.list': route({
    method: 'GET',
    path: '/v1/users',
    summary: 'All users.',
    access: may('user.list'),
    query: PageQuery,
    answer: pageOf(User, 'users'),
  }),
  'users.create': route({
    method: 'POST',
    path: '/v1/users',
    summary: 'Names a user before the first sign-in.',
    access: may('user.create'),
    body: NewUser,
    answer: User,
    status: 201,
    versioned: true,
  }),
  'users.get': route({
    method: 'GET',
    path: '/v1/users/{userId}',
    summary: 'One user.',
    access: may('user.get'),
    params: user,
    answer: User,
    versioned: true,
  }),
  'users.update': route({
    method: 'PATCH',
    path: '/v1/users/{userId}',
    summary: 'Changes the name or the roles of a user.',
    access: may('user.update'),
    params: user,
    body: NewUser.pick({ name: true }).extend({ assignments: Assignments }).partial(),
    answer: User,
    versioned: true,
  }),
  'users.delete': route({
    method: 'DELETE',
    path: '/v1/users/{userId}',
    summary: 'Removes a user with all roles and tokens.',
    access: may('user.delete'),
    params: user,
    status: 204,
    versioned: true,
  }),

  'tokens.list': route({
    method: 'GET',
    path: '/v1/tokens',
    summary: 'Your API tokens; all of them for who may list `apiKey`.',
    access: 'self',
    query: PageQuery,
    answer: pageOf(ApiToken, 'tokens'),
  }),
  'tokens.create': route({
    method: 'POST',
    path: '/v1/tokens',
    summary: 'Makes an API token of yours; its text is in this answer and never again.',
    access: 'self',
    body: NewToken,
    answer: ApiToken.extend({ token: z.string().describe('The token. Keep it: it is not shown again.') }),
    status: 201,
  }),
  'tokens.revoke': route({
    method: 'DELETE',
    path: '/v1/tokens/{tokenId}',
    summary: 'Revokes a token at once.',
    access: 'self',
    params: token,
    status: 204,
  }),

  'audit.list': route({
    method: 'GET',
    path: '/v1/audit',
    summary: 'Changes and refusals in the tenant, newest first.',
    access: may('audit.list'),
    query: AuditQuery,
    answer: pageOf(AuditRecord, 'audit records'),
  }),
  'audit.listOfProject': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/audit',
    summary: 'Changes and refusals in a project, newest first.',
    access: may('audit.list'),
    params: inProject,
    query: AuditQuery,
    answer: pageOf(AuditRecord, 'audit records'),
  }),
};
