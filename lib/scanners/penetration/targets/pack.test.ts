import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { derive, ingress, node, service, web } from '../../../../test/support/view.ts';
import type { Door } from '../../../core/probing/index.ts';
import { packDoors, unpackDoors } from './index.ts';

/** Through JSON, as a ConfigMap carries it. */
const there = (doors: readonly Door[]): readonly Door[] => unpackDoors(JSON.parse(JSON.stringify(packDoors(doors))));

const everything = derive({
  vantage: 'internal',
  server: 'https://api.shop.example:6443',
  serverAddresses: ['10.0.0.100'],
  nodes: [node('cp1', ['10.0.0.4', 'fd00::4']), node('w1', ['10.0.0.6'])],
  nodePorts: [22, 10250],
  udpPorts: [161],
  services: [
    service('front', {
      type: 'LoadBalancer',
      ports: [{ ...web, nodePort: 30080 }],
      loadBalancerIPs: ['10.0.0.200'],
      clusterIPs: ['10.96.1.1'],
    }),
  ],
  ingresses: [ingress('web', ['a.example', '*.b.example', ''], ['10.0.0.200'])],
}).doors;

it('doors of every kind come back as they were, in their order', () => {
  expect(new Set(everything.map(({ place }) => place))).toEqual(new Set(['api-server', 'node', 'published', 'service', 'metadata']));
  expect(there(everything)).toEqual(everything);
});

it('any order and any part of them comes back too', () => {
  const some = everything.toReversed().filter((_, index) => index % 3 !== 1);
  expect(there(some)).toEqual(some);
  expect(there([])).toEqual([]);
});

it('a subject without a port, and one with more in it', () => {
  const [door] = everything as [Door];
  const odd: readonly Door[] = [
    { ...door, subject: { kind: 'Cluster', name: 'x' } },
    { ...door, port: 1, subject: { kind: 'Node', name: 'worker', nodes: ['a', 'b'], port: 'ssh' } },
  ];
  expect(there(odd)).toEqual(odd);
});

it('what is no packed list is a defect', () => {
  expect(() => unpackDoors({ rows: [] })).toThrow();
});

it('200 nodes with two addresses, 70 ports and 20 NodePorts take little of a ConfigMap', () => {
  const nodes = Array.from({ length: 200 }, (_, index) =>
    node(`${index < 3 ? 'cp' : 'w'}-5d9f7c6b8-${index}`, [`10.0.${index >> 7}.${index + 1}`, `fd00::${index + 1}`]),
  );
  const services = Array.from({ length: 20 }, (_, index) =>
    service(`s${index}`, { type: 'NodePort', ports: [{ ...web, nodePort: 30_000 + index }] }),
  );
  // no two UIDs have anything in common
  const withUids = nodes.map((one) => ({ ...one, uid: crypto.randomUUID() }));
  const nodePorts = Array.from({ length: 70 }, (_, index) => 10_000 + index);
  const { doors } = derive({ vantage: 'internal', nodes: withUids, services, nodePorts });
  expect(doors.length).toBeGreaterThan(400 * 90);
  expect(there(doors)).toEqual(doors);
  const packed = JSON.stringify(packDoors(doors));
  expect(packed.length).toBeLessThan(400_000);
  expect(gzipSync(packed).length).toBeLessThan(64_000);
});
