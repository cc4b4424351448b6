import { gateCasesFor } from '../../check.ts';
import { exampleControlPlane, exampleNode } from '../../shared/examples.ts';
import { nodes } from './nodes.check.ts';

const renewed = (seconds: number) => ({ leaseRenewedAt: `2026-11-23T11:59:${String(seconds).padStart(2, '0')}.123456Z` });

export const cases = gateCasesFor(nodes, [
  { name: 'ready, with young leases', given: { nodes: [exampleControlPlane(renewed(50)), exampleNode(renewed(55))] }, expect: 'pass' },
  { name: 'leases may not be read', given: { nodes: [exampleNode()] }, expect: 'pass', says: 'leases were not seen' },
  {
    name: 'the clock of this machine is an hour ahead',
    given: { nodes: [exampleNode(renewed(50))] },
    now: '2026-11-23T13:00:00Z',
    expect: 'pass',
  },
  { name: 'one is not ready', given: { nodes: [exampleControlPlane(), exampleNode({ ready: false })] }, expect: 'fail', says: 'worker-1' },
  {
    name: 'one has fallen silent and is still called ready',
    given: { nodes: [exampleControlPlane(renewed(59)), exampleNode(renewed(10))] },
    expect: 'fail',
    says: 'last renewed its lease 49 s before others did',
  },
  {
    name: 'one has no lease',
    given: { nodes: [exampleControlPlane(renewed(59)), exampleNode()] },
    expect: 'fail',
    says: 'renews no lease',
  },
  { name: 'no node at all', given: { nodes: [] }, expect: 'unknown' },
]);
