import { failed, type Result, succeed } from '../core/failure.ts';
import type { Assignments, Role } from '../fleet/people.ts';
import type { Records } from '../records/index.ts';
import type { Grants } from './handler.ts';
import { missingOf } from './holding.ts';
import { findRole } from './role-book.ts';

/** One role in one place: a project, or the whole tenant. */
interface Placed {
  readonly roleId: string;
  readonly projectId?: string;
}

const placesOf = ({ tenantRoles, projects }: Assignments): Placed[] => [
  ...tenantRoles.map((roleId) => ({ roleId })),
  ...projects.flatMap(({ projectId, roles }) => roles.map((roleId) => ({ roleId, projectId }))),
];
const placeKey = ({ roleId, projectId = '' }: Placed): string => `${projectId}/${roleId}`;

/** What assignments hold that others do not. */
const addedTo = (before: Assignments, after: Assignments): Placed[] => {
  const there = new Set(placesOf(before).map(placeKey));
  return placesOf(after).filter((place) => !there.has(placeKey(place)));
};

export const noAssignments: Assignments = { tenantRoles: [], projects: [] };

/** Whether a role can be given there: it exists, its scope fits, and the caller sees the project. */
const canBeThere = async (records: Records, grants: Grants, { roleId, projectId }: Placed): Promise<Result<Role>> => {
  const role = await findRole(records, roleId);
  if (!role) return failed('input-invalid', `There is no role "${roleId}"; list the roles for their ids.`);
  const scope = projectId === undefined ? 'tenant' : 'project';
  if (role.scope !== scope) {
    return failed(
      'input-invalid',
      `The role "${role.name}" belongs to the ${role.scope} scope; give it ${scope === 'tenant' ? 'in a project' : 'in the tenant'}.`,
    );
  }
  const isThere = projectId === undefined || (grants.sees(projectId) && (await records.projects.get(projectId)) !== undefined);
  return isThere ? succeed(role) : failed('input-invalid', `There is no project "${projectId}"; list the projects for their ids.`);
};

/** Nobody gives away what they do not hold. */
const isHeld = (grants: Grants, role: Role, projectId: string | undefined): Result<void> => {
  const missing = missingOf(grants, role, projectId);
  return missing === undefined
    ? succeed(undefined)
    : failed(
        'permission-missing',
        `You cannot give the role "${role.name}": it allows ${missing}, which you may not do ${projectId === undefined ? 'as widely' : 'in that project'} yourself. Ask somebody who may.`,
        missing,
      );
};

/**
 * Whether the caller may bring about these assignments. What was there before is not asked about again: it may name roles and projects that are gone, and those give nothing.
 */
export const mayAssign = async (records: Records, grants: Grants, before: Assignments, after: Assignments): Promise<Result<void>> => {
  for (const place of addedTo(before, after)) {
    const role = await canBeThere(records, grants, place);
    if (!role.ok) return role;
    const held = isHeld(grants, role.value, place.projectId);
    if (!held.ok) return held;
  }
  return succeed(undefined);
};

/** Whether the caller may hand on everything that assignments give: whoever lets people into a team gives them its roles. */
export const mayHandOn = async (records: Records, grants: Grants, assignments: Assignments): Promise<Result<void>> => {
  for (const { roleId, projectId } of placesOf(assignments)) {
    const role = await findRole(records, roleId);
    const held = role ? isHeld(grants, role, projectId) : succeed(undefined);
    if (!held.ok) return held;
  }
  return succeed(undefined);
};
