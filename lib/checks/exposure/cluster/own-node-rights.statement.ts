import { clusterSubject, fail, pass } from '../../check.ts';
import { defineStatement } from '../statement.ts';

export const ownNodeRights = defineStatement({
  id: 'exposure/cluster/own-node-rights',
  covers: ['KUB-07'],
  title: 'The credential of the scan may not use the proxy of nodes',
  severity: 'high',
  why: 'The right nodes/proxy reaches the whole API of the kubelet, which runs commands in every pod of the node without admission; a credential that is handed to a tool should not have it.',
  repair:
    'Give the scan a credential of its own with the rights that `gatehouse permissions` lists; for settings of the kubelet grant nodes/configz (from Kubernetes 1.33) instead of nodes/proxy.',
  techniques: ['T1609'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes'],
  reads: ['ownNodeRights'],
  evaluate: ({ cluster, ownNodeRights: held }) => {
    const proxy = held.filter((right) => right.endsWith(' nodes/proxy'));
    const evidence = { source: 'SelfSubjectAccessReview', looked: 'rights on kubelets', found: held.length > 0 ? held.join(', ') : 'none' };
    const subject = clusterSubject(cluster);
    if (proxy.length > 0 && held.includes('delete nodes'))
      return [
        {
          ...fail(subject, 'The credential of this scan is that of an administrator, who may run commands in every pod.', evidence),
          severity: 'info',
        },
      ];
    return proxy.length > 0
      ? [fail(subject, 'The credential of this scan may use nodes/proxy, and so run commands in every pod.', evidence)]
      : [pass(subject, 'The credential of this scan may not use nodes/proxy.', evidence)];
  },
});
