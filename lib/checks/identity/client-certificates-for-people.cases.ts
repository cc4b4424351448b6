import { account, binding, rbac, user } from '../../../test/support/rbac.ts';
import { apiServers, stock } from '../../../test/support/workloads.ts';
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
const { components, apiServerFlagz, nodes } = stock;
const flags = { components, apiServerFlagz, nodes };
export const cases = casesFor(clientCertificatesForPeople, [
  {
    name: 'only kubelets',
    expect: 'manual',
    given: { ...flags, rbac: none, certificateRequests: seen([kubelet]) },
    says: 'no requests to the signer kubernetes.io/kube-apiserver-client are',
  },
  {
    name: 'a request of a person',
    expect: 'manual',
    given: { ...flags, rbac: none, certificateRequests: seen([kubelet, request]) },
    says: 'approved, asked for by boss',
  },
  {
    name: 'users in bindings',
    expect: 'manual',
    given: {
      ...flags,
      rbac: rbac([], [binding('a', [user('ann'), user('system:kube-proxy'), account('shop', 'bot')]), binding('b', [user('ann')])]),
      certificateRequests: seen([]),
    },
    says: 'Bindings name 1 user besides',
  },
  {
    name: 'only the user of kubeadm',
    expect: 'manual',
    given: {
      ...flags,
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
    given: { ...flags, rbac: none, certificateRequests: unseen('Looking needs x.') },
    says: 'Looking needs x.',
  },
  {
    name: 'an identity provider',
    expect: 'manual',
    given: {
      ...flags,
      rbac: none,
      certificateRequests: seen([]),
      components: apiServers({ 'oidc-issuer-url': ['https://login.example.com'] }),
    },
    says: 'https://login.example.com',
  },
  {
    name: 'flags that could not be read',
    expect: 'manual',
    given: { ...flags, rbac: none, certificateRequests: seen([]), components: unseen('Looking needs pods.') },
    says: 'Looking needs pods.',
  },
]);
