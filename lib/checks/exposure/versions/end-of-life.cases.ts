import { aNode, runs } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { endOfLifeStatement } from './end-of-life.statement.ts';

export const cases = statementCasesFor(endOfLifeStatement, [
  { name: 'versions that are mended', given: { nodes: [aNode()], workloads: [] }, expect: ['pass', 'pass'], says: '2027-06-28' },
  {
    name: 'on the last day',
    given: { nodes: [], workloads: [] },
    cluster: { kubernetesVersion: 'v1.34.9' },
    now: '2026-10-27T23:59:00Z',
    expect: 'pass',
  },
  {
    name: 'on the day after',
    given: { nodes: [], workloads: [] },
    cluster: { kubernetesVersion: 'v1.34.9' },
    now: '2026-10-28T00:00:00Z',
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'long after, on some nodes',
    given: { nodes: [aNode(), aNode({ name: 'w2', kubeletVersion: 'v1.28.3' })], workloads: [] },
    expect: ['pass', 'pass', 'fail'],
    severity: 'high',
  },
  {
    name: 'a vendor that may go on mending',
    given: { nodes: [aNode({ kubeletVersion: 'v1.30.4-eks-a737599' })], workloads: [] },
    cluster: { kubernetesVersion: 'v1.30.4-eks-a737599' },
    expect: ['manual', 'manual'],
    says: 'its vendor may',
  },
  {
    name: 'newer than anybody knew',
    given: { nodes: [], workloads: [] },
    cluster: { kubernetesVersion: 'v1.52.0' },
    expect: 'unknown',
  },
  {
    name: 'a controller that its makers have retired',
    given: { nodes: [], workloads: [runs('registry.k8s.io/ingress-nginx/controller:v1.15.1')] },
    expect: ['pass', 'fail'],
    says: 'ingress-nginx',
  },
]);
