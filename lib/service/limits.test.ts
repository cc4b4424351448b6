import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, aProject, scanAt, storeFleet } from '../../test/support/fleet.ts';
import { createServicePorts, type TestService } from '../../test/support/service.ts';
import { succeed } from '../core/failure.ts';
import { defaultLimits } from '../fleet/limits.ts';
import { noAssignments } from './assigning.ts';
import { withinClusterLimit, withinLimit, withinOpenScans } from './limits.ts';

let service: TestService;
beforeEach(() => {
  service = createServicePorts();
});
afterEach(() => service.close());

const hex = (number: number) => number.toString(16).padStart(12, '0');
const createdAt = '2026-11-27T12:00:00.000Z';
const write = async (what: 'users' | 'teams' | 'roles', number: number) => {
  const { users, teams, roles } = service.ports.records;
  const name = `n${number}`;
  if (what === 'roles') must(await roles.create({ id: `rol-${hex(number)}`, name, scope: 'project', builtIn: false, permissions: [] }));
  if (what === 'users')
    must(await users.create({ id: `usr-${hex(number)}`, issuer: 'local', subject: name, name, assignments: noAssignments, createdAt }));
  if (what === 'teams')
    must(
      await teams.create({
        id: `tem-${hex(number)}`,
        name,
        description: '',
        members: [],
        groups: [],
        assignments: noAssignments,
        createdAt,
      }),
    );
};

it.each(['users', 'teams', 'roles'] as const)('lets the last of the %s in, and not one more', async (what) => {
  for (let number = 1; number < defaultLimits[what]; number++) await write(what, number);
  expect(codeOf(await withinLimit(service.ports, what))).toBe('ok');
  await write(what, defaultLimits[what]);
  const refused = await withinLimit(service.ports, what);
  expect(codeOf(refused)).toBe('conflict');
  expect(sayOf(refused)).toContain(`${defaultLimits[what]} is the limit`);
});

it('counts the clusters of all projects, but not those that were removed', async () => {
  const other = 'prj-000000000002';
  await storeFleet(service.ports.records, {
    projects: [aProject(), aProject({ id: other })],
    clusters: [
      aCluster(),
      aCluster({ id: 'cls-000000000002', projectId: other }),
      aCluster({ id: 'cls-000000000003', projectId: other, state: 'removed' }),
    ],
  });
  expect(codeOf(await withinClusterLimit(service.ports))).toBe('ok');
  expect(codeOf(await withinClusterLimit(service.ports, { ...defaultLimits, clusters: 3 }))).toBe('ok');
  expect(sayOf(await withinClusterLimit(service.ports, { ...defaultLimits, clusters: 2 }))).toContain('There are 2 clusters already');
});

it('takes no more scans of a kind on a cluster than can wait there in a sensible way', async () => {
  const { records } = service.ports;
  const ids = [];
  for (const second of [1, 2, 3, 4, 5]) {
    expect(codeOf(await withinOpenScans(service.ports, 'cls-000000000001', 'configuration'))).toBe('ok');
    ids.push(must(await records.scans.create(scanAt(`2026-11-27T12:00:0${second}.000Z`))).value.id);
  }
  expect(sayOf(await withinOpenScans(service.ports, 'cls-000000000001', 'configuration'))).toContain('5 configuration scans');
  expect(codeOf(await withinOpenScans(service.ports, 'cls-000000000001', 'conformance'))).toBe('ok');
  expect(codeOf(await withinOpenScans(service.ports, 'cls-000000000002', 'configuration'))).toBe('ok');
  must(
    await records.scans.update({ clusterId: 'cls-000000000001', name: ids[0] ?? '' }, (scan) => succeed({ ...scan, state: 'cancelled' })),
  );
  expect(codeOf(await withinOpenScans(service.ports, 'cls-000000000001', 'configuration'))).toBe('ok');
});
