import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, stock, withContext, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { capabilities } from './capabilities.check.ts';

export const cases = casesFor(capabilities, [
  ...casesOfPodSecurity('restricted', withContext({ capabilitiesDrop: ['NET_RAW'] })),
  {
    name: 'unset',
    expect: 'fail',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload()] },
    says: 'ALL not dropped',
  },
  {
    name: 'all dropped',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ capabilitiesDrop: ['ALL'] })] },
  },
  {
    name: 'all dropped but NET_BIND_SERVICE',
    expect: 'pass',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [withContext({ capabilitiesDrop: ['ALL'], capabilitiesAdd: ['NET_BIND_SERVICE'] })],
    },
  },
  {
    name: 'all dropped, and another added',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [withContext({ capabilitiesDrop: ['ALL'], capabilitiesAdd: ['SYS_ADMIN'] })],
    },
    says: 'adds SYS_ADMIN',
  },
  {
    name: 'Windows, which has none',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ os: 'windows' })] },
  },
  {
    name: 'standards of a version that did not ask for it',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted', { 'pod-security.kubernetes.io/enforce-version': 'v1.21' })],
      workloads: [],
    },
    says: 'version v1.21',
  },
  {
    name: 'standards of a version that asks for it',
    expect: 'pass',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted', { 'pod-security.kubernetes.io/enforce-version': 'v1.22' })],
      workloads: [],
    },
  },
]);
