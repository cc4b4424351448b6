import { failed, type Result, succeed } from '../core/failure.ts';
import { builtInRoles } from '../fleet/built-in-roles.ts';
import type { Role } from '../fleet/people.ts';
import { isPermissionOf } from '../fleet/permissions.ts';
import { partitions } from '../records/index.ts';
import { isSameName } from '../records/names.ts';
import type { Grants, HandlersOf, ServicePorts } from './handler.ts';
import { missingToAdd } from './holding.ts';
import { withinLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { createNamed, type NamedEntities, removeNamed, replaceNamed } from './named.ts';
import { findBuiltInRole } from './role-book.ts';
import { answered, given, needUnchanged } from './unchanged.ts';

const targetOf = (id: string): string => `roles/${id}`;
const builtInStays = failed('conflict', 'Built-in roles can be neither changed nor deleted; make a custom role instead.');

/** Whether a custom role can look like this: permissions that exist in its scope, and a name that no built-in role has. */
const examine = ({ name, scope, permissions }: Pick<Role, 'name' | 'scope' | 'permissions'>): Result<void> => {
  const unknown = permissions.find((permission) => !isPermissionOf(scope, permission));
  if (unknown !== undefined)
    return failed('input-invalid', `There is no permission "${unknown}" in the ${scope} scope; see the table of permissions.`);
  const isTaken = builtInRoles.some((role) => role.scope === scope && isSameName(role.name, name));
  return isTaken ? failed('conflict', `The name "${name}" is that of a built-in role; choose another one.`) : succeed(undefined);
};

/** Nobody holds a new role yet, and giving it is asked about then. But what is added to a role, its holders get at once. */
const mayAdd = (grants: Grants, before: Role, after: Role): Result<void> => {
  const missing = missingToAdd(grants, before, after);
  return missing === undefined
    ? succeed(undefined)
    : failed(
        'permission-missing',
        `You cannot change the role like this: its holders could then use ${missing} where you may not yourself. Ask somebody who may.`,
        missing,
      );
};

/** Cursor of the list: `b<n>`, built-in roles from the nth on; `c<cursor>`, custom ones. */
const readCursor = (cursor = 'b0'): { readonly first: number; readonly custom?: string } | undefined => {
  if (cursor.startsWith('c')) return { first: builtInRoles.length, custom: cursor.slice(1) };
  return /^b\d{1,4}$/.test(cursor) ? { first: Number(cursor.slice(1)) } : undefined;
};

export const rolesHandlers = (ports: ServicePorts): HandlersOf<'roles'> => {
  const { records, clock } = ports;
  const entitiesOf = (scope: Role['scope']): NamedEntities<Role> => ({
    names: records.names,
    scope: `roles/${scope}`,
    entities: records.roles,
  });
  return {
    'roles.list': async ({ query: { limit, cursor } }) => {
      const place = readCursor(cursor);
      if (!place) return failed('input-invalid', 'This cursor belongs to another query. Begin again without a cursor.');
      const builtIn = builtInRoles.slice(place.first, place.first + limit);
      if (builtIn.length === limit) return succeed({ body: { items: builtIn, next: `b${place.first + limit}` } });
      const page = await listKept(records.roles, { ...partitions.roles, limit: limit - builtIn.length, cursor: place.custom });
      if (!page.ok) return page;
      const { items, next } = page.value;
      return succeed({ body: { items: [...builtIn, ...items], ...(next === undefined ? {} : { next: `c${next}` }) } });
    },
    'roles.create': async ({ body }) => {
      const isWithin = await withinLimit(ports, 'roles');
      if (!isWithin.ok) return isWithin;
      const fits = examine(body);
      if (!fits.ok) return fits;
      const role: Role = { id: `rol-${clock.id()}`, ...body, builtIn: false };
      const created = await createNamed(entitiesOf(role.scope), role);
      if (!created.ok) return created;
      return succeed({ body: role, revision: created.value.revision, location: `/v1/roles/${role.id}`, target: targetOf(role.id) });
    },
    'roles.get': async ({ params: { roleId } }) => {
      const builtIn = findBuiltInRole(roleId);
      if (builtIn) return answered({ value: builtIn, revision: 1 }, targetOf(roleId));
      const there = await records.roles.need(roleId);
      return there.ok ? answered(there.value, targetOf(roleId)) : there;
    },
    'roles.update': async ({ params: { roleId }, body, caller, ifMatch }) => {
      if (findBuiltInRole(roleId)) return builtInStays;
      const there = await needUnchanged(records.roles, roleId, ifMatch);
      if (!there.ok) return there;
      const old = there.value;
      const role: Role = { ...old.value, ...given(body) };
      const fits = examine(role);
      if (!fits.ok) return fits;
      const may = mayAdd(caller.grants, old.value, role);
      if (!may.ok) return may;
      const replaced = await replaceNamed(entitiesOf(role.scope), old, role);
      return replaced.ok ? answered(replaced.value, targetOf(roleId)) : replaced;
    },
    'roles.delete': async ({ params: { roleId }, ifMatch }) => {
      if (findBuiltInRole(roleId)) return builtInStays;
      const there = await needUnchanged(records.roles, roleId, ifMatch);
      if (!there.ok) return there;
      const removed = await removeNamed(entitiesOf(there.value.value.scope), there.value);
      return removed.ok ? succeed({ body: undefined, target: targetOf(roleId) }) : removed;
    },
  };
};
