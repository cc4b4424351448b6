import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, stock, withContext, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { rootContainers } from './root-containers.check.ts';

export const cases = casesFor(rootContainers, [
  ...casesOfPodSecurity('restricted', withContext({ runAsUser: 0 })),
  {
    name: 'unset',
    expect: 'fail',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload()] },
    says: 'no runAsUser',
  },
  {
    name: 'not root, by the container',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ runAsNonRoot: true })] },
  },
  {
    name: 'not root, by the pod',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ securityContext: { runAsNonRoot: true } })] },
  },
  {
    name: 'another user, by the pod',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ securityContext: { runAsUser: 1000 } })] },
  },
  {
    name: 'a container that takes back what its pod says',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [withContext({ runAsNonRoot: false }, { securityContext: { runAsNonRoot: true } })],
    },
  },
  {
    name: 'root, by a container of a pod that is not',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [withContext({ runAsUser: 0 }, { securityContext: { runAsUser: 1000 } })],
    },
    says: 'runAsUser 0',
  },
  {
    name: 'Windows, which has no root',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ os: 'windows' })] },
  },
]);
