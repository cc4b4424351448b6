import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Assignments } from '../../fleet/people.ts';
import type { Client } from './client.ts';
import { idOf } from './names.ts';

export interface RoleFlags {
  /** Roles in the whole tenant. */
  readonly role?: readonly string[];
  /** `PROJECT=ROLE`. */
  readonly projectRole?: readonly string[];
  /** Takes all roles away. */
  readonly roles?: boolean;
}

const idsOf = async (client: Client, what: 'role' | 'user', texts: readonly string[]): Promise<Result<string[]>> => {
  const ids: string[] = [];
  for (const text of texts) {
    const id = await idOf(client, what, text);
    if (!id.ok) return id;
    ids.push(id.value);
  }
  return succeed([...new Set(ids)]);
};
export const userIds = (client: Client, texts: readonly string[]): Promise<Result<string[]>> => idsOf(client, 'user', texts);

/** The roles that are given on the command line; undefined when none are, so that a change leaves them as they are. */
export const assignmentsOf = async (client: Client, flags: RoleFlags): Promise<Result<Assignments | undefined>> => {
  const { role = [], projectRole = [] } = flags;
  if (role.length === 0 && projectRole.length === 0) return succeed(flags.roles === false ? { tenantRoles: [], projects: [] } : undefined);
  const tenantRoles = await idsOf(client, 'role', role);
  if (!tenantRoles.ok) return tenantRoles;
  const projects = new Map<string, string[]>();
  for (const text of projectRole) {
    const cut = text.lastIndexOf('=');
    if (cut < 1) return failed('input-invalid', `"${text}" is no role in a project; write --project-role PROJECT=ROLE.`);
    const project = await idOf(client, 'project', text.slice(0, cut));
    if (!project.ok) return project;
    const roles = await idsOf(client, 'role', text.slice(cut + 1).split(','));
    if (!roles.ok) return roles;
    projects.set(project.value, [...new Set([...(projects.get(project.value) ?? []), ...roles.value])]);
  }
  return succeed({ tenantRoles: tenantRoles.value, projects: [...projects].map(([projectId, roles]) => ({ projectId, roles })) });
};
