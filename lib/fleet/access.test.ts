import { describe, expect, it } from 'vitest';
import { type Holder, permissionsOf } from './access.ts';
import { builtInRoles } from './built-in-roles.ts';
import type { ApiToken, Assignments, Role, Team, User } from './people.ts';
import { isOfProject, permissions } from './permissions.ts';

const createdAt = '2026-01-01T00:00:00Z';
const [a, b] = ['prj-aaaaaaaaaaaa', 'prj-bbbbbbbbbbbb'];
const assigned = (tenantRoles: string[], projects: Record<string, string[]> = {}): Assignments => ({
  tenantRoles,
  projects: Object.entries(projects).map(([projectId, roles]) => ({ projectId, roles })),
});
const user = (assignments = assigned([])): User => ({
  id: 'usr-0123456789ab',
  issuer: 'local',
  subject: 's',
  name: 'Ann',
  assignments,
  createdAt,
});
const team = (assignments: Assignments, more: Partial<Team> = {}): Team => ({
  id: 'tem-0123456789ab',
  name: 'scale-secure-tutorial-team',
  description: '',
  members: ['usr-0123456789ab'],
  groups: [],
  assignments,
  createdAt,
  ...more,
});
const token = (assignments: Assignments, ownerId = 'usr-0123456789ab'): ApiToken => ({
  id: 'tok-0123456789ab',
  name: 'pipeline',
  owner: { type: 'person', id: ownerId, name: 'Ann' },
  assignments,
  createdAt,
  expiresAt: '2026-12-31T00:00:00Z',
});
const custom = (scope: Role['scope'], held: string[]): Role => ({
  id: 'rol-0123456789ab',
  name: 'Own',
  scope,
  builtIn: false,
  permissions: held,
});
const grants = (holder: Partial<Holder> = {}) => permissionsOf({ user: user(), teams: [], groups: [], customRoles: [], ...holder });

describe('roles in projects', () => {
  it('lets nobody do anything without a role', () => {
    const none = grants();
    expect(permissions.filter((permission) => none.may(permission) || none.may(permission, a))).toEqual([]);
    expect([none.sees(a), none.projects(), none.list(), none.list(a)]).toEqual([false, [], [], []]);
  });

  it.each(builtInRoles.filter(({ scope }) => scope === 'project'))(
    '$id holds in its project and nowhere else',
    ({ id, permissions: held }) => {
      const its = grants({ user: user(assigned([], { [a]: [id] })) });
      expect(its.list(a)).toEqual(held);
      expect([its.list(b), its.list(), its.sees(a), its.sees(b), its.projects()]).toEqual([[], [], true, false, [a]]);
    },
  );

  it('lets a viewer read scans but not run one', () => {
    const viewer = grants({ user: user(assigned([], { [a]: ['cluster-viewer'] })) });
    expect([viewer.may('scan.get', a), viewer.may('scan.run', a)]).toEqual([true, false]);
  });

  it('lets an editor change a cluster but not delete it', () => {
    const editor = grants({ user: user(assigned([], { [a]: ['cluster-editor'] })) });
    expect([editor.may('cluster.update', a), editor.may('cluster.delete', a)]).toEqual([true, false]);
  });

  it('gives profile roles nothing of scans', () => {
    const admin = grants({ user: user(assigned([], { [a]: ['profile-admin'] })) });
    expect(admin.list(a).filter((permission) => /^(scan|report|policy|waiver|upgrade|notification)\./.test(permission))).toEqual([]);
    expect(admin.sees(a)).toBe(true);
  });

  it('knows no permission but those there are', () => {
    const admin = grants({ user: user(assigned(['tenant-admin'])) });
    expect(['', 'toString', 'scan', 'scan.', 'audit.delete'].some((permission) => admin.may(permission) || admin.may(permission, a))).toBe(
      false,
    );
  });
});

describe('teams', () => {
  const viewers = team(assigned([], { [a]: ['profile-viewer', 'cluster-viewer'] }));
  const runners = team(assigned([], { [a]: ['cluster-editor'], [b]: ['cluster-viewer'] }), { id: 'tem-0123456789ac' });

  it('lets the members of the tutorial see clusters and profiles of one project, and change nothing', () => {
    const member = grants({ teams: [viewers] });
    expect([member.may('cluster.list', a), member.may('clusterProfile.get', a), member.sees(a), member.sees(b)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(member.list(a).filter((permission) => !/\.(get|list)$/.test(permission))).toEqual([]);
  });

  it('adds up the roles of two teams', () => {
    const member = grants({ teams: [viewers, runners] });
    expect([member.may('scan.run', a), member.may('scan.run', b), member.may('scan.get', b)]).toEqual([true, false, true]);
    expect(member.projects()).toEqual([a, b]);
  });

  it('gives nothing once the team is gone, or to those who are not in it', () => {
    expect(grants({ teams: [] }).sees(a)).toBe(false);
    expect(grants({ teams: [{ ...viewers, members: ['usr-ffffffffffff'] }] }).sees(a)).toBe(false);
  });

  it('takes in the members of a group while they are in it', () => {
    const byGroup = { ...viewers, members: [], groups: ['platform', 'security'] };
    expect(grants({ teams: [byGroup], groups: ['security'] }).sees(a)).toBe(true);
    expect(grants({ teams: [byGroup], groups: ['Security'] }).sees(a)).toBe(false);
  });
});

describe('roles in the tenant', () => {
  it.each(['tenant-admin', 'tenant-viewer', 'tenant-project-admin'])('%s sees every project without being assigned', (id) => {
    const its = grants({ user: user(assigned([id])) });
    const held = builtInRoles.find((role) => role.id === id)?.permissions;
    expect([its.sees(a), its.projects()]).toEqual([true, 'every']);
    expect(its.list()).toEqual(held);
    expect(its.list(a)).toEqual(held);
  });

  it.each(['tenant-cluster-profile-admin', 'tenant-role-admin', 'tenant-team-admin', 'tenant-user-admin'])('%s sees no project', (id) => {
    const its = grants({ user: user(assigned([id])) });
    expect([its.sees(a), its.projects(), its.list(a)]).toEqual([false, [], []]);
    expect(its.list()).toEqual(builtInRoles.find((role) => role.id === id)?.permissions);
  });

  it('lets the project admin of the tenant do everything in projects and nothing with people', () => {
    const admin = grants({ user: user(assigned(['tenant-project-admin'])) });
    expect(permissions.filter((permission) => isOfProject(permission) && !admin.may(permission, a))).toEqual([]);
    expect(['role.get', 'team.get', 'user.get', 'apiKey.create'].some((permission) => admin.may(permission))).toBe(false);
  });

  it('does not spread what one role may in the tenant by what another one sees', () => {
    const its = grants({ user: user(assigned(['tenant-cluster-profile-admin', 'tenant-viewer'])) });
    expect([its.may('clusterProfile.update'), its.may('clusterProfile.update', a), its.may('clusterProfile.get', a)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('custom roles', () => {
  const id = 'rol-0123456789ab';

  it('hold like built-in ones in their own scope', () => {
    const role = custom('project', ['scan.get', 'scan.run']);
    expect(grants({ user: user(assigned([], { [a]: [id] })), customRoles: [role] }).list(a)).toEqual(['scan.get', 'scan.run']);
    const reaching = custom('tenant', ['project.get', 'scan.get']);
    expect(grants({ user: user(assigned([id])), customRoles: [reaching] }).may('scan.get', b)).toBe(true);
    expect(grants({ user: user(assigned([id])), customRoles: [custom('tenant', ['scan.get'])] }).may('scan.get', b)).toBe(false);
  });

  it('give nothing outside their scope, when they are gone, or for keys that do not exist', () => {
    expect(grants({ user: user(assigned([id])), customRoles: [custom('project', ['scan.get'])] }).list()).toEqual([]);
    expect(grants({ user: user(assigned([], { [a]: [id] })), customRoles: [custom('tenant', ['scan.get'])] }).sees(a)).toBe(false);
    expect(grants({ user: user(assigned([], { [a]: ['tenant-admin'] })) }).sees(a)).toBe(false);
    expect(grants({ user: user(assigned(['project-admin'])) }).list()).toEqual([]);
    expect(grants({ user: user(assigned([], { [a]: [id] })) }).sees(a)).toBe(false);
    expect(grants({ user: user(assigned([], { [a]: [id] })), customRoles: [custom('project', ['team.update', 'scan.fly'])] }).sees(a)).toBe(
      false,
    );
  });

  it('cannot stand in for a built-in one', () => {
    const forged = { ...custom('project', ['waiver.approve', 'scan.get']), id: 'cluster-viewer' };
    expect(grants({ user: user(assigned([], { [a]: ['cluster-viewer'] })), customRoles: [forged] }).may('waiver.approve', a)).toBe(false);
  });
});

describe('tokens', () => {
  const editor = user(assigned([], { [a]: ['cluster-editor'], [b]: ['cluster-viewer'] }));

  it('can do what their roles allow, and of that what their owner may', () => {
    const used = grants({ user: editor, token: token(assigned([], { [a]: ['cluster-viewer'] })) });
    expect([used.may('scan.get', a), used.may('scan.run', a), used.may('scan.get', b)]).toEqual([true, false, false]);
    expect([used.projects(), used.sees(b)]).toEqual([[a], false]);
    const wide = grants({ user: editor, token: token(assigned(['tenant-admin'], { [b]: ['project-admin'] })) });
    expect([wide.may('scan.run', a), wide.may('cluster.delete', a), wide.may('scan.run', b)]).toEqual([true, false, false]);
    expect([wide.projects(), wide.sees('prj-cccccccccccc'), wide.list()]).toEqual([[a, b], false, []]);
    expect(wide.list(a)).toEqual(grants({ user: editor }).list(a));
  });

  it('see of an owner who sees everything only what their own roles see', () => {
    const admin = user(assigned(['tenant-admin']));
    expect(grants({ user: admin, token: token(assigned([], { [b]: ['cluster-viewer'] })) }).projects()).toEqual([b]);
    expect(grants({ user: admin, token: token(assigned(['tenant-viewer'])) }).projects()).toBe('every');
  });

  it('lose what their owner loses, at the next use', () => {
    const viewers = team(assigned([], { [a]: ['cluster-viewer'] }));
    const used = token(assigned([], { [a]: ['cluster-viewer'] }));
    expect(grants({ teams: [viewers], token: used }).sees(a)).toBe(true);
    expect(grants({ teams: [], token: used }).sees(a)).toBe(false);
  });

  it('lend nothing to another person', () => {
    const used = grants({ user: editor, token: token(assigned([], { [a]: ['cluster-viewer'] }), 'usr-ffffffffffff') });
    expect([used.sees(a), used.list(a)]).toEqual([false, []]);
  });
});
