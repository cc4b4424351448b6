import { z } from 'zod';
import { Actor, Description, idOf, isoTime, Name, ProjectId } from './common.ts';

export const TeamId = idOf('tem', 'team');
export const UserId = idOf('usr', 'user');
export const TokenId = idOf('tok', 'token');
/** A built-in role by its fixed id such as `project-admin`, or a custom one. */
export const RoleId = z
  .string()
  .regex(/^([a-z]+(-[a-z]+)*|rol-[0-9a-f]{12,32})$/)
  .describe('Id of a role: a built-in one such as `cluster-viewer`, or a custom one.');
/** `resource.operation`. */
export const PermissionKey = z
  .string()
  .regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/)
  .describe('`resource.operation`, e.g. `scan.run`.');

export const Assignments = z
  .object({
    tenantRoles: z.array(RoleId).max(50).describe('Roles in the whole tenant.'),
    projects: z
      .array(z.object({ projectId: ProjectId, roles: z.array(RoleId).min(1).max(50) }))
      .max(200)
      .describe('Roles in single projects.'),
  })
  .meta({ id: 'Assignments', description: 'Which roles hold where; several add up, nothing takes away.' });
export type Assignments = z.infer<typeof Assignments>;

export const Team = z
  .object({
    id: TeamId,
    name: Name,
    description: Description,
    members: z.array(UserId).max(500).describe('Users in it by hand.'),
    groups: z
      .array(z.string().max(256))
      .max(50)
      .describe('Groups of the identity provider whose members are in it while they are signed in.'),
    assignments: Assignments,
    createdAt: isoTime('When it was made'),
  })
  .meta({ id: 'Team', description: 'People who hold the same roles.' });
export type Team = z.infer<typeof Team>;

export const User = z
  .object({
    id: UserId,
    issuer: z.string().describe('Issuer of the identity, or `local`.'),
    subject: z.string().describe('Subject at that issuer: what identifies the person; names and addresses do not.'),
    name: z.string().describe('Name for people.'),
    email: z.string().optional().describe('Address, as the issuer gives it.'),
    assignments: Assignments,
    lastSeenAt: isoTime('When the person was last here').optional(),
    createdAt: isoTime('When it was made'),
  })
  .meta({ id: 'User', description: 'A person who signed in, or was named before.' });
export type User = z.infer<typeof User>;

export const Role = z
  .object({
    id: RoleId,
    name: Name,
    scope: z.enum(['tenant', 'project']).describe('Where it can be given: exactly one of the two.'),
    builtIn: z.boolean().describe('Built-in roles can be neither changed nor deleted.'),
    permissions: z.array(PermissionKey).describe('What it allows.'),
  })
  .meta({ id: 'Role', description: 'A named set of permissions.' });
export type Role = z.infer<typeof Role>;

export const ApiToken = z
  .object({
    id: TokenId,
    name: Name,
    owner: Actor.describe('Whose it is: it can never do more than its owner can.'),
    assignments: Assignments.describe('What it may do, within what its owner may do.'),
    createdAt: isoTime('When it was made'),
    expiresAt: isoTime('When it stops working; at most a year ahead'),
    lastUsedAt: isoTime('When it was last used, to the hour').optional(),
    revokedAt: isoTime('When it was revoked').optional(),
  })
  .meta({ id: 'ApiToken', description: 'A token for pipelines and programs; its text is shown once, stored only as a hash.' });
export type ApiToken = z.infer<typeof ApiToken>;

export const AuditRecord = z
  .object({
    id: z.string().describe('Id; sorts by time.'),
    at: isoTime('When it happened'),
    actor: Actor,
    action: z.string().describe('Operation of the API, e.g. `clusters.create`.'),
    outcome: z.enum(['done', 'refused']).describe('Whether it was done.'),
    projectId: ProjectId.optional(),
    target: z.string().optional().describe('What it was done to, e.g. `clusters/cls-0123456789ab`.'),
    reason: z.string().optional().describe('Why it was refused, or what the actor said.'),
    requestId: z.string().describe('Id of the request.'),
    address: z.string().optional().describe('Address the request came from.'),
  })
  .meta({ id: 'AuditRecord', description: 'One change, or one refusal. Nobody can change or delete it through the API.' });
export type AuditRecord = z.infer<typeof AuditRecord>;
