import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { allMighty, callOf, createServicePorts, personWith, type TestService } from '../../test/support/service.ts';
import type { Assignments, Team } from '../fleet/people.ts';
import { userIdOf } from '../fleet/user-id.ts';
import { ensureDefaults } from './default-project.ts';
import type { Caller } from './handler.ts';
import { findBuiltInRole } from './role-book.ts';
import { teamsHandlers } from './teams.ts';
import { usersHandlers } from './users.ts';

let service: TestService;
let teams: ReturnType<typeof teamsHandlers>;
let users: ReturnType<typeof usersHandlers>;
const begin = async (made: TestService) => {
  service = made;
  teams = teamsHandlers(service.ports);
  users = usersHandlers(service.ports);
  must(await ensureDefaults(service.ports));
};
beforeEach(() => begin(createServicePorts()));
afterEach(() => service.close());

const issuer = 'https://id.example';
const inDefault = (...roles: string[]): Assignments => ({ tenantRoles: [], projects: [{ projectId: 'default', roles }] });
const inTenant = (...tenantRoles: string[]): Assignments => ({ tenantRoles, projects: [] });
const none = inTenant();
const allOf = (role: string) => findBuiltInRole(role)?.permissions ?? [];

const newUser = async (subject: string, assignments = none, caller: Caller = allMighty) =>
  users['users.create'](callOf<'users.create'>(caller, { body: { issuer, subject, name: subject, assignments } }));
const newTeam = (body: Partial<Team>, caller: Caller = allMighty) =>
  teams['teams.create'](
    callOf<'teams.create'>(caller, { body: { name: 'a team', description: '', members: [], groups: [], assignments: none, ...body } }),
  );
const changeTeam = (teamId: string, body: Partial<Team>, ifMatch: number, caller: Caller = allMighty) =>
  teams['teams.update'](callOf<'teams.update'>(caller, { params: { teamId }, body }, ifMatch));
const removeTeam = (teamId: string, ifMatch = 1) =>
  teams['teams.delete'](callOf<'teams.delete'>(allMighty, { params: { teamId } }, ifMatch));
const changeUser = (userId: string, assignments: Assignments, ifMatch = 1, caller: Caller = allMighty) =>
  users['users.update'](callOf<'users.update'>(caller, { params: { userId }, body: { assignments } }, ifMatch));
const removeUser = (userId: string, ifMatch = 1) =>
  users['users.delete'](callOf<'users.delete'>(allMighty, { params: { userId } }, ifMatch));

describe('what a team gives', () => {
  it('is made, changed by what is given, and removed, its name with it', async () => {
    const { body: team } = must(await newTeam({ assignments: inDefault('cluster-viewer') }));
    expect(codeOf(await newTeam({ name: 'A Team' }))).toBe('conflict');
    const changed = must(await changeTeam(team.id, { description: 'looks' }, 1));
    expect(changed).toMatchObject({ body: { ...team, description: 'looks' }, revision: 2 });
    expect(codeOf(await changeTeam(team.id, { description: 'x' }, 1))).toBe('conflict');
    must(await removeTeam(team.id, 2));
    must(await newTeam({ name: 'A Team' }));
  });

  it.each([
    ['an unknown role', inTenant('no-such-role'), 'There is no role'],
    ['a project role in the tenant', inTenant('cluster-viewer'), 'belongs to the project scope'],
    ['a tenant role in a project', inDefault('tenant-admin'), 'belongs to the tenant scope'],
    [
      'an unknown project',
      { tenantRoles: [], projects: [{ projectId: 'prj-00000000dead', roles: ['cluster-viewer'] }] },
      'There is no project',
    ],
  ])('cannot be %s', async (_, assignments, say) => {
    const refused = await newTeam({ assignments });
    expect(codeOf(refused)).toBe('input-invalid');
    expect(sayOf(refused)).toContain(say);
  });

  it('cannot be unknown members', async () => {
    expect(sayOf(await newTeam({ members: ['usr-00000000dead'] }))).toContain('There is no user');
    const { body: user } = must(await newUser('one'));
    expect(must(await newTeam({ members: [user.id] })).body.members).toEqual([user.id]);
  });
});

describe('nobody gives what they do not hold', () => {
  const viewerOnly = personWith({ projects: { default: allOf('cluster-viewer') } });
  it('by a new team', async () => {
    must(await newTeam({ name: 'seers', assignments: inDefault('cluster-viewer') }, viewerOnly));
    const refused = await newTeam({ name: 'doers', assignments: inDefault('cluster-admin') }, viewerOnly);
    expect(codeOf(refused)).toBe('permission-missing');
    expect(sayOf(refused)).toContain('Cluster Admin');
    expect(codeOf(await newTeam({ name: 'rulers', assignments: inTenant('tenant-admin') }, viewerOnly))).toBe('permission-missing');
  });

  it('in a project that they do not see', async () => {
    const elsewhere = personWith({ projects: { 'prj-000000000001': allOf('cluster-viewer') } });
    expect(sayOf(await newTeam({ assignments: inDefault('cluster-viewer') }, elsewhere))).toContain('There is no project');
  });

  it('by a role that a team gets', async () => {
    const { body: team } = must(await newTeam({}));
    expect(codeOf(await changeTeam(team.id, { assignments: inDefault('cluster-admin') }, 1, viewerOnly))).toBe('permission-missing');
    must(await changeTeam(team.id, { assignments: inDefault('cluster-viewer') }, 1, viewerOnly));
  });

  it('by letting somebody, or a group, into a team that holds more', async () => {
    const { body: user } = must(await newUser('one'));
    const { body: strong } = must(await newTeam({ name: 'strong', assignments: inDefault('cluster-admin') }));
    expect(codeOf(await changeTeam(strong.id, { members: [user.id] }, 1, viewerOnly))).toBe('permission-missing');
    expect(codeOf(await changeTeam(strong.id, { groups: ['everybody'] }, 1, viewerOnly))).toBe('permission-missing');
    must(await changeTeam(strong.id, { description: 'may be changed' }, 1, viewerOnly));
    const { body: weak } = must(await newTeam({ name: 'weak', assignments: inDefault('cluster-viewer') }));
    must(await changeTeam(weak.id, { members: [user.id], groups: ['everybody'] }, 1, viewerOnly));
  });

  it('by roles of a user', async () => {
    const { body: user } = must(await newUser('one'));
    expect(codeOf(await changeUser(user.id, inTenant('tenant-admin'), 1, viewerOnly))).toBe('permission-missing');
    expect(codeOf(await newUser('two', inDefault('cluster-admin'), viewerOnly))).toBe('permission-missing');
    must(await changeUser(user.id, inDefault('cluster-viewer'), 1, viewerOnly));
    must(await newUser('two', inDefault('cluster-viewer'), viewerOnly));
  });

  it('but may take away, and leave in place what is gone', async () => {
    const { body: team } = must(await newTeam({ assignments: inDefault('cluster-admin', 'cluster-viewer') }));
    must(await changeTeam(team.id, { assignments: inDefault('cluster-viewer') }, 1, viewerOnly));
    const gone: Assignments = {
      tenantRoles: ['rol-00000000dead'],
      projects: [{ projectId: 'prj-00000000dead', roles: ['cluster-viewer'] }],
    };
    const stored = must(await service.ports.records.teams.need(team.id));
    must(await service.ports.records.teams.replace(stored, { ...stored.value, assignments: gone }));
    must(await changeTeam(team.id, { assignments: gone, groups: ['g'] }, 3));
  });
});

describe('the last tenant admin', () => {
  it('keeps the role, however it would be lost', async () => {
    const { body: admin } = must(await newUser('admin', inTenant('tenant-admin')));
    expect(sayOf(await changeUser(admin.id, none))).toContain('nobody who surely is tenant admin');
    expect(codeOf(await removeUser(admin.id))).toBe('conflict');
    must(await newUser('second', inTenant('tenant-admin')));
    must(await changeUser(admin.id, none));
  });

  it('may hold it by a team', async () => {
    const { body: person } = must(await newUser('person'));
    const { body: team } = must(await newTeam({ members: [person.id], assignments: inTenant('tenant-admin') }));
    expect(codeOf(await removeTeam(team.id))).toBe('conflict');
    expect(codeOf(await changeTeam(team.id, { members: [] }, 1))).toBe('conflict');
    expect(codeOf(await changeTeam(team.id, { assignments: none }, 1))).toBe('conflict');
    expect(codeOf(await removeUser(person.id))).toBe('conflict');
    must(await changeUser(person.id, inTenant('tenant-admin')));
    must(await removeTeam(team.id));
  });

  it('is not a group alone, which may be empty; but the last such group stays', async () => {
    const { body: team } = must(await newTeam({ groups: ['admins'], assignments: inTenant('tenant-admin') }));
    expect(codeOf(await removeTeam(team.id))).toBe('conflict');
    const { body: admin } = must(await newUser('admin', inTenant('tenant-admin')));
    expect(codeOf(await removeUser(admin.id))).toBe('conflict');
    must(await removeTeam(team.id));
  });

  it('is kept when two admins take the role from each other at once', async () => {
    const { body: one } = must(await newUser('one', inTenant('tenant-admin')));
    const { body: two } = must(await newUser('two', inTenant('tenant-admin')));
    service.close();
    let meanwhile: (() => Promise<void>) | undefined;
    await begin(
      createServicePorts((store) => ({
        ...store,
        put: async (record, expected) => {
          const interfere = record.sk === one.id && 'revision' in expected ? meanwhile : undefined;
          meanwhile = interfere ? undefined : meanwhile;
          await interfere?.();
          return store.put(record, expected);
        },
      })),
    );
    for (const subject of ['one', 'two']) must(await newUser(subject, inTenant('tenant-admin')));
    meanwhile = async () => void must(await changeUser(two.id, none));
    expect(codeOf(await changeUser(one.id, none))).toBe('conflict');
    expect((await service.ports.records.users.get(one.id))?.value.assignments.tenantRoles).toEqual(['tenant-admin']);
    expect((await service.ports.records.users.get(two.id))?.value.assignments.tenantRoles).toEqual([]);
  });

  it('is kept when two admins delete each other at once, with the team that made them so', async () => {
    service.close();
    const id = userIdOf(issuer, 'one');
    let meanwhile: (() => Promise<void>) | undefined;
    await begin(
      createServicePorts((store) => ({
        ...store,
        remove: async (key, expected) => {
          const interfere = key.sk === id ? meanwhile : undefined;
          meanwhile = interfere ? undefined : meanwhile;
          await interfere?.();
          return store.remove(key, expected);
        },
      })),
    );
    must(await newUser('one'));
    const { body: two } = must(await newUser('two', inTenant('tenant-admin')));
    const { body: team } = must(await newTeam({ members: [id], assignments: inTenant('tenant-admin') }));
    meanwhile = async () => void must(await service.ports.records.users.remove(two.id));
    expect(codeOf(await removeUser(id))).toBe('conflict');
    expect((await service.ports.records.users.get(id))?.value.name).toBe('one');
    expect((await service.ports.records.teams.get(team.id))?.value.members).toEqual([id]);
  });
});

describe('users', () => {
  it('have one record per identity', async () => {
    const { body } = must(await newUser('one'));
    expect(body.id).toBe(userIdOf(issuer, 'one'));
    expect(sayOf(await newUser('one'))).toContain('already');
  });

  it('are gone with memberships and tokens, also for whoever signs in again', async () => {
    const { body: user } = must(await newUser('one'));
    const { body: other } = must(await newUser('other'));
    const { body: team } = must(await newTeam({ members: [user.id, other.id] }));
    const token = (id: string, owner: string) => ({
      id,
      name: 'ci',
      owner: { type: 'person' as const, id: owner, name: 'x' },
      assignments: none,
      createdAt: '2026-11-27T12:00:00.000Z',
      expiresAt: '2027-11-27T12:00:00.000Z',
      hash: 'ab',
    });
    must(await service.ports.records.tokens.create(token('tok-00000000000a', user.id)));
    must(await service.ports.records.tokens.create(token('tok-00000000000b', other.id)));
    must(await removeUser(user.id));
    expect((await service.ports.records.teams.get(team.id))?.value.members).toEqual([other.id]);
    expect(await service.ports.records.tokens.get('tok-00000000000a')).toBeUndefined();
    expect(await service.ports.records.tokens.get('tok-00000000000b')).toBeDefined();
    expect(codeOf(await removeUser(user.id))).toBe('not-found');
  });
});
