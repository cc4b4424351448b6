import { z } from 'zod';
import { ProjectId } from '../../fleet/common.ts';
import { PermissionKey } from '../../fleet/people.ts';

export const Health = z.object({ status: z.literal('ok'), version: z.string() });
export const OpenApi = z.looseObject({ openapi: z.string() });
export const EvidenceKey = z.object({ keyId: z.string(), pem: z.string() });

export const SignIn = z
  .object({
    issuer: z.string().nullable().describe('OpenID Connect issuer to sign in with; null where only tokens are taken (one machine).'),
    clientId: z.string().nullable().describe('Client id of the command line at that issuer.'),
    scopes: z.array(z.string()).describe('Scopes to ask for.'),
  })
  .meta({ id: 'SignIn', description: 'How to sign in here.' });

export const Me = z
  .object({
    actor: z.object({ type: z.string(), id: z.string(), name: z.string() }).describe('Who you are.'),
    tenant: z.array(PermissionKey).describe('What you may do in the whole tenant.'),
    projects: z
      .array(z.object({ projectId: ProjectId, name: z.string(), permissions: z.array(PermissionKey) }))
      .describe('What you may do in single projects.'),
  })
  .meta({ id: 'Me', description: 'Who the caller is, and what the caller may do.' });
