import { clusterSubject } from '../../check.ts';
import { judgeMany } from '../../shared/many.ts';
import { judgeMount, rightsOf } from '../../shared/token-mounts.ts';
import { count } from '../../shared/words.ts';
import { defineStatement } from '../statement.ts';

/** Every pod that has a token would be named by the fault this comes from; only one that serves nobody but a thief is worth a finding. */
export const mountedTokens = defineStatement({
  id: 'exposure/cluster/mounted-tokens',
  covers: ['KHV050'],
  title: 'Only pods that need the API find a token inside',
  severity: 'low',
  why: 'A token in a container lets whoever breaks in talk to the API server as somebody, and see what every login may see.',
  repair: 'Set `automountServiceAccountToken: false` in the pod template or on the ServiceAccount of workloads that never call the API.',
  techniques: ['T1528'],
  references: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  ],
  reads: ['workloads', 'serviceAccounts', 'rbac'],
  evaluate: ({ cluster, workloads, serviceAccounts, rbac }) => {
    const word = new Map(serviceAccounts.map((account) => [`${account.namespace}/${account.name}`, account.automountServiceAccountToken]));
    const units = workloads
      .filter(({ isStatic }) => !isStatic)
      .map((one) => judgeMount(one, word.get(`${one.namespace}/${one.serviceAccount}`), rightsOf(rbac, one)));
    return judgeMany(clusterSubject(cluster), units, {
      looked: 'automountServiceAccountToken',
      none: 'Nothing runs in the cluster but static pods.',
      fine: (number) => `No token, or one that its account was given rights for, is in pods of ${count(number, 'workload')}.`,
    });
  },
});
