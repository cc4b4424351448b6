import { controlPlane, instance } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { ownCa } from './own-ca.check.ts';

export const cases = casesFor(ownCa, [
  {
    name: 'an authority of its own',
    expect: 'pass',
    given: controlPlane([
      instance('etcd', { 'trusted-ca-file': '/etc/kubernetes/pki/etcd/ca.crt' }),
      instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
    ]),
    says: '/etc/kubernetes/pki/etcd/ca.crt',
  },
  {
    name: 'the flag is there, but names the authority of the cluster',
    expect: 'fail',
    given: controlPlane([
      instance('etcd', { 'trusted-ca-file': '/etc/kubernetes/pki/ca.crt' }),
      instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
    ]),
    says: 'authority of all clients',
  },
  {
    name: 'no authority at all',
    expect: 'fail',
    given: controlPlane([instance('etcd', {}), instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' })]),
    says: 'trusts no authority',
  },
  {
    name: 'an empty one',
    expect: 'fail',
    given: controlPlane([
      instance('etcd', { 'trusted-ca-file': '' }),
      instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
    ]),
  },
  {
    name: 'the API server does not say whom it trusts',
    expect: 'unknown',
    given: controlPlane([instance('etcd', { 'trusted-ca-file': '/a' }), instance('kube-apiserver', {})]),
    says: 'not known',
  },
  { name: 'only etcd is seen', expect: 'unknown', given: controlPlane([instance('etcd', { 'trusted-ca-file': '/a' })]) },
  {
    name: 'settings are in a file',
    expect: 'manual',
    given: controlPlane([
      instance('etcd', { 'config-file': '/etc/etcd.yaml' }),
      instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
    ]),
  },
]);
