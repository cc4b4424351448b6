import { gateCasesFor } from '../../check.ts';
import { dockershim } from './dockershim.check.ts';
import { nodes, unread } from './examples.ts';

const upgrade = '1.23.17 to 1.24.17';
const docker = 'docker://20.10.24';

export const cases = gateCasesFor(dockershim, [
  { name: 'containerd', upgrade, given: { nodes: nodes({}) }, expect: 'pass' },
  {
    name: 'Docker',
    upgrade,
    given: { nodes: nodes({}, { name: 'worker-2', containerRuntime: docker }) },
    expect: 'fail',
    says: 'worker-2',
  },
  {
    name: 'Docker behind cri-dockerd',
    upgrade,
    given: {
      nodes: nodes({
        containerRuntime: docker,
        annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///var/run/cri-dockerd.sock' },
      }),
    },
    expect: 'pass',
  },
  { name: 'a way that does not cross it needs no facts', given: { nodes: unread }, expect: 'not-applicable' },
  { name: 'nodes that could not be read', upgrade, given: { nodes: unread }, expect: 'unknown', says: 'Could not look' },
  { name: 'a target beyond the data', upgrade: '1.37.2 to 1.38.0', given: { nodes: nodes({}) }, expect: 'unknown', says: '2026-11-28' },
]);
