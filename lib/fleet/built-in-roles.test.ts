import { describe, expect, it } from 'vitest';
import { builtInRoles } from './built-in-roles.ts';
import { Role } from './people.ts';
import { isPermissionOf, permissions, permissionWords, spelled } from './permissions.ts';
import { permissionTable } from './table.ts';

// The tables, written out by hand from the documentation: x holds, . does not. Nothing here is computed from the code that is tested.

const project = `
                          project-admin project-editor project-viewer profile-admin profile-editor profile-viewer cluster-admin cluster-editor cluster-viewer
audit.get                 x x x   . . .   . . .
audit.list                x x x   . . .   . . .
cluster.create            x . .   . . .   x . .
cluster.delete            x . .   . . .   x . .
cluster.get               x x x   . . .   x x x
cluster.list              x x x   . . .   x x x
cluster.update            x x .   . . .   x x .
cluster.import            x . .   . . .   x . .
clusterProfile.create     x . .   x . .   . . .
clusterProfile.delete     x . .   x . .   . . .
clusterProfile.get        x x x   x x x   x x x
clusterProfile.list       x x x   x x x   x x x
clusterProfile.update     x x .   x x .   . . .
clusterProfile.publish    x x .   x x .   . . .
project.create            . . .   . . .   . . .
project.delete            . . .   . . .   . . .
project.get               x x x   . . .   . . .
project.list              x x x   . . .   . . .
project.update            x x .   . . .   . . .
tag.get                   x x x   x x x   x x x
tag.update                x x .   x x .   x x .
apiKey.create             . . .   . . .   . . .
apiKey.delete             . . .   . . .   . . .
apiKey.get                . . .   . . .   . . .
apiKey.list               . . .   . . .   . . .
apiKey.update             . . .   . . .   . . .
role.create               . . .   . . .   . . .
role.delete               . . .   . . .   . . .
role.get                  . . .   . . .   . . .
role.list                 . . .   . . .   . . .
role.update               . . .   . . .   . . .
team.create               . . .   . . .   . . .
team.delete               . . .   . . .   . . .
team.get                  . . .   . . .   . . .
team.list                 . . .   . . .   . . .
team.update               . . .   . . .   . . .
user.create               . . .   . . .   . . .
user.delete               . . .   . . .   . . .
user.get                  . . .   . . .   . . .
user.list                 . . .   . . .   . . .
user.update               . . .   . . .   . . .
scan.get                  x x x   . . .   x x x
scan.run                  x x .   . . .   x x .
scan.cancel               x x .   . . .   x x .
scan.delete               x x .   . . .   x x .
scan.schedule             x x .   . . .   x x .
report.get                x x x   . . .   x x x
policy.get                x x x   . . .   x x x
policy.update             x . .   . . .   x . .
waiver.get                x x x   . . .   x x x
waiver.request            x x .   . . .   x x .
waiver.approve            x . .   . . .   . . .
upgrade.get               x x x   . . .   x x x
upgrade.ask               x x .   . . .   x x .
upgrade.override          x x .   . . .   x x .
upgrade.approve           x . .   . . .   x . .
pipeline.get              x x x   . . .   x x x
pipeline.update           x . .   . . .   . . .
notification.get          x x x   . . .   x x x
notification.update       x . .   . . .   . . .`;

const tenant = `
                          tenant-admin tenant-viewer tenant-project-admin tenant-cluster-profile-admin tenant-role-admin tenant-team-admin tenant-user-admin
audit.get                 x x x   . . x x
audit.list                x x x   . . x x
cluster.create            x . x   . . . .
cluster.delete            x . x   . . . .
cluster.get               x x x   . . . .
cluster.list              x x x   . . . .
cluster.update            x . x   . . . .
cluster.import            x . x   . . . .
clusterProfile.create     x . x   x . . .
clusterProfile.delete     x . x   x . . .
clusterProfile.get        x x x   x . . .
clusterProfile.list       x x x   x . . .
clusterProfile.update     x . x   x . . .
clusterProfile.publish    x . x   x . . .
project.create            x . x   . . . .
project.delete            x . x   . . . .
project.get               x x x   . . . .
project.list              x x x   . . . .
project.update            x . x   . . . .
tag.get                   x x x   x x x x
tag.update                x . x   x . . .
apiKey.create             x . .   . . . x
apiKey.delete             x . .   . . . x
apiKey.get                x x x   . . x x
apiKey.list               x x x   . . x x
apiKey.update             x . .   . . . x
role.create               x . .   . x . .
role.delete               x . .   . x . .
role.get                  x x .   . x . .
role.list                 x x .   . x . .
role.update               x . .   . x . .
team.create               x . .   . . x .
team.delete               x . .   . . x .
team.get                  x x .   . . x .
team.list                 x x .   . . x .
team.update               x . .   . . x .
user.create               x . .   . . . x
user.delete               x . .   . . . x
user.get                  x x .   . . x x
user.list                 x x .   . . x x
user.update               x . .   . . . x
scan.get                  x x x   . . . .
scan.run                  x . x   . . . .
scan.cancel               x . x   . . . .
scan.delete               x . x   . . . .
scan.schedule             x . x   . . . .
report.get                x x x   . . . .
policy.get                x x x   . . . .
policy.update             x . x   . . . .
waiver.get                x x x   . . . .
waiver.request            x . x   . . . .
waiver.approve            x . x   . . . .
upgrade.get               x x x   . . . .
upgrade.ask               x . x   . . . .
upgrade.override          x . x   . . . .
upgrade.approve           x . x   . . . .
pipeline.get              x x x   . . . .
pipeline.update           x . x   . . . .
notification.get          x x x   . . . .
notification.update       x . x   . . . .`;

const cellsOf = (table: string): readonly { role: string; permission: string; holds: boolean }[] => {
  const [head = '', ...lines] = table.trim().split('\n');
  const roles = head.trim().split(/\s+/);
  return lines.flatMap((line) => {
    const [permission = '', ...marks] = line.trim().split(/\s+/);
    if (marks.length !== roles.length) throw new Error(`a cell is missing: ${line}`);
    return roles.map((role, index) => ({ role, permission, holds: marks[index] === 'x' }));
  });
};

describe.each([
  ['project', project, 9],
  ['tenant', tenant, 7],
] as const)('roles of the %s scope', (scope, table, count) => {
  const cells = cellsOf(table);
  const roles = builtInRoles.filter((role) => role.scope === scope);

  it('are those of the table, and every permission has its row', () => {
    expect(roles.map(({ id }) => id)).toEqual([...new Set(cells.map(({ role }) => role))]);
    expect(roles).toHaveLength(count);
    expect(permissions).toEqual([...new Set(cells.map(({ permission }) => permission))]);
  });

  it.each(cells)('$role, $permission: $holds', ({ role, permission, holds }) => {
    expect(roles.find(({ id }) => id === role)?.permissions.includes(permission)).toBe(holds);
  });

  it('hold only what their scope can hold, and fit the schema', () => {
    for (const role of roles) {
      expect(Role.parse(role)).toEqual(role);
      expect(role.permissions.every((permission) => isPermissionOf(scope, permission))).toBe(true);
    }
  });

  it('make the table of the documentation', () => {
    const { columns, rows } = permissionTable(scope);
    expect(columns).toEqual(roles.map(({ name }) => name));
    const held = cells.filter(({ holds }) => holds);
    expect(rows.flatMap(({ held }) => held).filter(Boolean)).toHaveLength(held.length);
    expect(rows.map(({ permission }) => permission)).toEqual([...new Set(held.map(({ permission }) => permission))].toSorted(byOrder));
    expect(rows.find(({ permission }) => permission === 'scan.run')?.allows).toBe('run a scan now');
  });
});
const byOrder = (a: string, b: string): number =>
  (permissions as readonly string[]).indexOf(a) - (permissions as readonly string[]).indexOf(b);

describe('permissions', () => {
  it('exist in their scope', () => {
    expect(isPermissionOf('tenant', 'team.update')).toBe(true);
    expect(isPermissionOf('project', 'team.update')).toBe(false);
    expect(isPermissionOf('project', 'project.delete')).toBe(false);
    expect(isPermissionOf('project', 'project.update')).toBe(true);
    for (const none of ['audit.update', 'audit.delete', 'scan.fly', 'toString', '__proto__'])
      expect(isPermissionOf('tenant', none)).toBe(false);
  });

  it('say in words what they allow', () => {
    for (const words of Object.values(permissionWords)) expect(words).toMatch(/^[a-z].*[^.]$/);
  });

  it('are spelled by letters; a letter that means nothing there is a mistake', () => {
    expect(spelled('cluster', 'GL')).toEqual(['cluster.get', 'cluster.list']);
    expect(spelled('cluster', '–')).toEqual([]);
    expect(() => spelled('audit', 'U')).toThrow('there is no permission audit.update');
  });
});
