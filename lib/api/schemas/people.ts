import { z } from 'zod';
import { Description, Name } from '../../fleet/common.ts';
import { ApiToken, Assignments, PermissionKey, Role, RoleId, Team, TeamId, TokenId, User, UserId } from '../../fleet/people.ts';
import { pageOf } from './shared.ts';

export { Role, Team, User } from '../../fleet/people.ts';
export { PageQuery } from './shared.ts';

export const OfTeam = z.object({ teamId: TeamId });
export const TeamPage = pageOf(Team, 'teams');
export const NewTeam = z.strictObject({
  name: Name,
  description: Description.default(''),
  members: Team.shape.members.default([]),
  groups: Team.shape.groups.default([]),
  assignments: Assignments.prefault({ tenantRoles: [], projects: [] }),
});
export const TeamChange = z
  .strictObject({ name: Name, description: Description, members: Team.shape.members, groups: Team.shape.groups, assignments: Assignments })
  .partial();

export const OfRole = z.object({ roleId: RoleId });
export const RolePage = pageOf(Role, 'roles');
export const NewRole = z.strictObject({
  name: Name,
  scope: z.enum(['tenant', 'project']),
  permissions: z.array(PermissionKey).min(1).max(200),
});
export const RoleChange = NewRole.omit({ scope: true }).partial();

export const OfUser = z.object({ userId: UserId });
export const UserPage = pageOf(User, 'users');
export const NewUser = z.strictObject({
  issuer: z.url().max(500).describe('Issuer of the identity, exactly as in its tokens.'),
  subject: z.string().min(1).max(256).describe('Subject at that issuer.'),
  name: z.string().trim().min(1).max(200),
  assignments: Assignments.prefault({ tenantRoles: [], projects: [] }),
});
export const UserChange = NewUser.pick({ name: true }).extend({ assignments: Assignments }).partial();

export const OfToken = z.object({ tokenId: TokenId });
export const TokenPage = pageOf(ApiToken, 'tokens');
export const NewToken = z.strictObject({
  name: Name,
  assignments: Assignments.describe('What it may do; never more than the caller can.'),
  days: z
    .int()
    .min(1)
    .max(366)
    .default(90)
    .describe('Days until it stops working; one made with a token ends with that token at the latest.'),
});
export const MadeToken = ApiToken.extend({ token: z.string().describe('The token. Keep it: it is not shown again.') });
