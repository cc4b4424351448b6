import { auditHandlers } from './audit.ts';
import type { HandlersOf, ServicePorts } from './handler.ts';
import { meHandlers } from './me.ts';
import { projectsHandlers } from './projects.ts';
import { rolesHandlers } from './roles.ts';
import { teamsHandlers } from './teams.ts';
import { tokensHandlers } from './tokens.ts';
import { usersHandlers } from './users.ts';
import { waiversHandlers } from './waivers.ts';
import { webhooksHandlers } from './webhooks.ts';

type TenantHandlers = HandlersOf<'me' | 'projects' | 'teams' | 'roles' | 'users' | 'tokens' | 'audit' | 'waivers' | 'webhooks'>;

/** Who may do what, accepted risks and outgoing webhooks. */
export const tenantHandlers = (ports: ServicePorts): TenantHandlers => ({
  ...meHandlers(ports),
  ...projectsHandlers(ports),
  ...teamsHandlers(ports),
  ...rolesHandlers(ports),
  ...usersHandlers(ports),
  ...tokensHandlers(ports),
  ...auditHandlers(ports),
  ...waiversHandlers(ports),
  ...webhooksHandlers(ports),
});
