import { expect, it } from 'vitest';
import { derive, node, service, web } from '../../../../test/support/view.ts';
import { type Door, doorKey } from '../../../core/probing/index.ts';
import { selectDoors } from './select.ts';

const doorsOf = (vantage: 'external' | 'internal'): readonly Door[] =>
  derive({
    nodes: [node('w1', ['10.0.0.6', '::ffff:10.9.0.6'])],
    nodePorts: [22],
    services: [service('front', { clusterIPs: ['10.96.1.1'], externalIPs: ['10.9.0.200'], ports: [web] })],
    vantage,
  }).doors;

const chosen = (vantage: 'external' | 'internal', within: readonly string[], targets?: readonly string[]) => {
  const selected = selectDoors(doorsOf(vantage), { within, targets });
  if (!selected.ok) return selected.failure.say;
  return { doors: selected.value.doors.map((door) => doorKey(door)), refused: selected.value.refused.map(({ address }) => address) };
};

it('nothing is sent out of the networks of a project: not to the API server, not to nodes, not to what is published', () => {
  expect(chosen('external', ['10.0.0.0/24'])).toEqual({
    doors: ['tcp 10.0.0.6:22', 'tcp 10.0.0.6:10250'],
    refused: expect.arrayContaining(['198.51.100.10', '10.9.0.6', '10.9.0.200']),
  });
  expect(chosen('external', [])).toMatchObject({ doors: [] });
});

it('no target opens more than they do', () => {
  for (const targets of [['10.9.0.0/16'], ['::ffff:10.9.0.6'], ['services'], ['api-server'], ['0.0.0.0/0', '::/0']])
    for (const door of (chosen('external', ['10.0.0.0/24'], targets) as { readonly doors: readonly string[] }).doors)
      expect(door).toMatch(/^tcp 10\.0\.0\.6:/);
  expect(chosen('external', ['10.0.0.0/24'], ['node.example'])).toContain('"node.example" is no address');
});

it('a network in the clothes of IPv6 is the same network', () => {
  expect(chosen('external', ['::ffff:10.0.0.0/120'])).toMatchObject({ doors: ['tcp 10.0.0.6:22', 'tcp 10.0.0.6:10250'] });
});

it('what only pods reach is the cluster’s own, whatever the networks of the project', () => {
  const { doors } = chosen('internal', ['10.0.0.0/24']) as { readonly doors: readonly string[] };
  expect(doors).toEqual(['tcp 10.0.0.6:22', 'tcp 10.0.0.6:10250', 'tcp 10.96.1.1:80', 'tcp 169.254.169.254:80']);
});

it('counts what other targets leave out, by what stands behind it', () => {
  const leftOut = (targets?: readonly string[]) => {
    const selected = selectDoors(doorsOf('external'), { targets });
    return selected.ok ? selected.value.leftOut : selected.failure.say;
  };
  expect(leftOut()).toEqual([]);
  expect(leftOut(['nodes', 'services', 'api-server'])).toEqual([]);
  expect(leftOut(['services'])).toEqual([
    { place: 'node', transport: 'tcp', doors: 4 },
    { place: 'api-server', transport: 'tcp', doors: 1 },
  ]);
});
