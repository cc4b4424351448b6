import { binding, group, mastersBinding, rbac } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { systemMasters } from './system-masters.check.ts';

const request = { name: 'r', requester: 'ann', usages: ['client auth'], approved: true };
const requests = {
  read: true,
  value: [
    { ...request, signer: 'kubernetes.io/kube-apiserver-client' },
    { ...request, signer: 'kubernetes.io/kubelet-serving' },
  ],
} as const;
export const cases = casesFor(systemMasters, [
  {
    name: 'the binding of Kubernetes',
    expect: 'manual',
    given: { rbac: rbac([], [mastersBinding()]), certificateRequests: requests },
    says: '1 approved request still kept',
  },
  {
    name: 'another binding',
    expect: 'manual',
    given: {
      rbac: rbac([], [mastersBinding(), binding('x', [group('system:masters')], { namespace: 'shop' })]),
      certificateRequests: requests,
    },
    says: 'RoleBinding shop/some-x',
  },
  {
    name: 'requests that could not be read',
    expect: 'manual',
    given: { rbac: rbac([], []), certificateRequests: { read: false, reason: 'Looking needs list certificatesigningrequests.' } },
    says: 'Looking needs list certificatesigningrequests.',
  },
]);
