import type { HostPod } from '../../../core/probing/index.ts';
import { aContainer, aNode, aService, aWorkload } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { publishedHostNetwork } from './published-host-network.statement.ts';

const service = aService({ type: 'NodePort' });
const pod: HostPod = { namespace: 'shop', kind: 'Deployment', name: 'front', node: 'w1', hostNetwork: true, ports: [8080], images: [] };
const given = {
  services: [service],
  backends: [{ namespace: 'shop', service: 'front', addresses: ['10.0.0.5'], ports: [8080] }],
  hostPods: [pod],
  nodes: [aNode()],
  workloads: [aWorkload({ hostNetwork: true, containers: [aContainer({ securityContext: { privileged: true } })] })],
  serviceAccounts: [],
};

export const cases = statementCasesFor(publishedHostNetwork, [
  {
    name: 'a published pod on the network of its node',
    given,
    expect: 'fail',
    severity: 'high',
    says: 'true, privileged; ServiceAccount shop/front, token mounted',
  },
  { name: 'a Service that is not published', given: { ...given, services: [aService()] }, expect: 'not-applicable' },
  {
    name: 'a pod on the pod network',
    given: { ...given, backends: [{ namespace: 'shop', service: 'front', addresses: ['10.244.1.2'], ports: [8080] }] },
    expect: 'pass',
  },
  { name: 'another port of the node', given: { ...given, hostPods: [{ ...pod, ports: [9100] }] }, expect: 'pass' },
  { name: 'a pod of another namespace at the same port', given: { ...given, hostPods: [{ ...pod, namespace: 'other' }] }, expect: 'pass' },
]);
