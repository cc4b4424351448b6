import { account, binding, rbac, user } from '../../../test/support/rbac.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { clientCertificatesForPeople } from './client-certificates-for-people.check.ts';

const request = {
  name: 'ann-1',
  signer: 'kubernetes.io/kube-apiserver-client',
  requester: 'boss',
  usages: ['client auth'],
  approved: true,
};
const kubelet = { ...request, name: 'csr-1', signer: 'kubernetes.io/kube-apiserver-client-kubelet' };
const none = rbac([], []);
export const cases = casesFor(clientCertificatesForPeople, [
  {
    name: 'only kubelets',
    expect: 'manual',
    given: { rbac: none, certificateRequests: seen([kubelet]) },
    says: 'no requests for a client certificate',
  },
  {
    name: 'a request of a person',
    expect: 'manual',
    given: { rbac: none, certificateRequests: seen([kubelet, request]) },
    says: 'approved, asked for by boss',
  },
  {
    name: 'users in bindings',
    expect: 'manual',
    given: {
      rbac: rbac([], [binding('a', [user('ann'), user('system:kube-proxy'), account('shop', 'bot')]), binding('b', [user('ann')])]),
      certificateRequests: seen([]),
    },
    says: 'Bindings name 1 user,',
  },
  {
    name: 'only the user of kubeadm',
    expect: 'manual',
    given: {
      rbac: rbac(
        [],
        [binding('system:kubelet-api-admin', [user('kube-apiserver-kubelet-client')], { name: 'kubeadm:apiserver-kubelet-client' })],
      ),
      certificateRequests: seen([]),
    },
    says: 'Bindings name no users',
  },
  {
    name: 'requests that could not be read',
    expect: 'manual',
    given: { rbac: none, certificateRequests: unseen('Looking needs x.') },
    says: 'Looking needs x.',
  },
]);
