import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { allMighty, callOf, createServicePorts, personWith, type TestService } from '../../test/support/service.ts';
import { permissionsOf } from '../fleet/access.ts';
import { builtInRoles } from '../fleet/built-in-roles.ts';
import type { Role } from '../fleet/people.ts';
import { rolesHandlers } from './roles.ts';

let service: TestService;
let roles: ReturnType<typeof rolesHandlers>;
beforeEach(() => {
  service = createServicePorts();
  roles = rolesHandlers(service.ports);
});
afterEach(() => service.close());

const create = (name: string, more: Partial<Pick<Role, 'scope' | 'permissions'>> = {}, caller = allMighty) =>
  roles['roles.create'](callOf<'roles.create'>(caller, { body: { name, scope: 'project', permissions: ['scan.get'], ...more } }));
const update = (roleId: string, body: Partial<Role>, ifMatch = 1, caller = allMighty) =>
  roles['roles.update'](callOf<'roles.update'>(caller, { params: { roleId }, body }, ifMatch));
const remove = (roleId: string, ifMatch = 1) => roles['roles.delete'](callOf<'roles.delete'>(allMighty, { params: { roleId } }, ifMatch));
const list = async (limit: number, cursor?: string) =>
  roles['roles.list'](callOf<'roles.list'>(allMighty, { query: { limit, ...(cursor === undefined ? {} : { cursor }) } }));

it('makes, changes and deletes custom roles', async () => {
  const made = must(await create('Scan Reader'));
  expect(made.body).toMatchObject({ builtIn: false, scope: 'project', permissions: ['scan.get'] });
  const changed = must(await update(made.body.id, { permissions: ['scan.get', 'scan.run'] }));
  expect(changed).toMatchObject({ revision: 2, body: { name: 'Scan Reader', permissions: ['scan.get', 'scan.run'] } });
  expect(codeOf(await update(made.body.id, { name: 'x' }, 1))).toBe('conflict');
  must(await remove(made.body.id, 2));
  expect(codeOf(await remove(made.body.id, 2))).toBe('not-found');
  must(await create('scan reader'));
});

it('changes no built-in role', async () => {
  const there = must(await roles['roles.get'](callOf<'roles.get'>(allMighty, { params: { roleId: 'tenant-admin' } })));
  expect(there.body.builtIn).toBe(true);
  expect(sayOf(await update('tenant-admin', { name: 'Emperor' }))).toContain('neither changed nor deleted');
  expect(codeOf(await remove('tenant-admin'))).toBe('conflict');
});

it('keeps names unique in their scope, built-in ones included', async () => {
  must(await create('Reader'));
  expect(codeOf(await create('READER'))).toBe('conflict');
  must(await create('Reader', { scope: 'tenant' }));
  expect(sayOf(await create('cluster viewer'))).toContain('built-in');
  const { body: other } = must(await create('Other'));
  expect(codeOf(await update(other.id, { name: 'Cluster Viewer' }))).toBe('conflict');
});

it('knows no permission that does not exist in the scope', async () => {
  expect(sayOf(await create('Odd', { permissions: ['dragon.feed'] }))).toContain('no permission "dragon.feed"');
  expect(codeOf(await create('Odd', { permissions: ['role.create'] }))).toBe('input-invalid');
  must(await create('Odd', { scope: 'tenant', permissions: ['role.create'] }));
});

it('lets nobody add to a role what they may not do, because its holders get it at once', async () => {
  const caller = personWith({ tenant: ['role.update', 'scan.get', 'scan.run'] });
  const { body: role } = must(await create('Worker', { permissions: ['scan.get', 'cluster.delete'] }));
  const refused = await update(role.id, { permissions: ['scan.get', 'cluster.delete', 'cluster.update'] }, 1, caller);
  expect(codeOf(refused)).toBe('permission-missing');
  expect(sayOf(refused)).toContain('cluster.update');
  must(await update(role.id, { permissions: ['scan.get', 'scan.run'] }, 1, caller));
});

it('lets nobody make a role reach into projects with what they hold in the tenant only', async () => {
  const parts: Role[] = [
    { id: 'rol-00000000000a', name: 'Sees', scope: 'tenant', builtIn: false, permissions: ['project.get', 'role.update'] },
    { id: 'rol-00000000000b', name: 'Removes', scope: 'tenant', builtIn: false, permissions: ['cluster.delete'] },
  ];
  const user = {
    id: 'usr-00000000000a',
    issuer: 'local',
    subject: 'a',
    name: 'A',
    createdAt: '2026-11-27T12:00:00.000Z',
    assignments: { tenantRoles: parts.map(({ id }) => id), projects: [] },
  };
  const caller = { ...allMighty, grants: permissionsOf({ user, teams: [], groups: [], customRoles: parts }) };
  const { body: removes } = must(await create('Removes', { scope: 'tenant', permissions: ['cluster.delete'] }));
  expect(codeOf(await update(removes.id, { permissions: ['cluster.delete', 'project.get'] }, 1, caller))).toBe('permission-missing');
  const { body: sees } = must(await create('Sees', { scope: 'tenant', permissions: ['project.get'] }));
  expect(codeOf(await update(sees.id, { permissions: ['project.get', 'cluster.delete'] }, 1, caller))).toBe('permission-missing');
  const { body: inProjects } = must(await create('In projects', { permissions: ['project.get'] }));
  expect(codeOf(await update(inProjects.id, { permissions: ['cluster.delete'] }, 1, caller))).toBe('permission-missing');
  must(await update(sees.id, { permissions: ['project.get', 'role.update'] }, 1, caller));
});

it('lists built-in roles first, then custom ones, page by page', async () => {
  for (const name of ['a', 'b', 'c']) must(await create(name));
  const expected = [...builtInRoles.map(({ name }) => name), 'a', 'b', 'c'];
  for (const limit of [1, 2, 3, builtInRoles.length, 50]) {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = must(await list(limit, cursor));
      expect(body.items.length).toBeLessThanOrEqual(limit);
      names.push(...body.items.map(({ name }) => name));
      cursor = body.next;
    } while (cursor !== undefined);
    expect(names).toEqual(expected);
  }
  for (const cursor of ['x', 'b-1', 'b1.5', 'cnonsense', '']) expect(codeOf(await list(5, cursor))).toBe('input-invalid');
});
