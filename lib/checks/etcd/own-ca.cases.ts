import { controlPlane, instance } from '../../../test/support/control-plane.ts';
import { exampleNode } from '../../../test/support/node-files.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { ownCa } from './own-ca.check.ts';

const given = (instances: Parameters<typeof controlPlane>[0], documents?: Readonly<Record<string, string>>) => ({
  ...controlPlane(instances),
  nodeFiles: documents ? seen([exampleNode({ documents })]) : unseen('Files on nodes were not asked for.'),
});
const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
const twoFiles = [
  instance('etcd', { 'trusted-ca-file': '/etc/kubernetes/pki/etcd/ca.crt' }),
  instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
];
const holding = (etcd: string, clients: string) =>
  given(twoFiles, { '/etc/kubernetes/pki/etcd/ca.crt': etcd, '/etc/kubernetes/pki/ca.crt': clients });

export const cases = casesFor(ownCa, [
  {
    name: 'an authority of its own',
    expect: 'pass',
    given: given([
      instance('etcd', { 'trusted-ca-file': '/etc/kubernetes/pki/etcd/ca.crt' }),
      instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
    ]),
    says: '/etc/kubernetes/pki/etcd/ca.crt',
  },
  {
    name: 'the flag is there, but names the authority of the cluster',
    expect: 'fail',
    given: given([
      instance('etcd', { 'trusted-ca-file': '/etc/kubernetes/pki/ca.crt' }),
      instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
    ]),
    says: 'authority of all clients',
  },
  {
    name: 'no authority at all',
    expect: 'fail',
    given: given([instance('etcd', {}), instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' })]),
    says: 'trusts no authority',
  },
  {
    name: 'an empty one',
    expect: 'fail',
    given: given([
      instance('etcd', { 'trusted-ca-file': '' }),
      instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
    ]),
  },
  {
    name: 'the API server does not say whom it trusts',
    expect: 'unknown',
    given: given([instance('etcd', { 'trusted-ca-file': '/a' }), instance('kube-apiserver', {})]),
    says: 'not known',
  },
  { name: 'only etcd is seen', expect: 'unknown', given: given([instance('etcd', { 'trusted-ca-file': '/a' })]) },
  {
    name: 'settings are in a file',
    expect: 'manual',
    given: given([
      instance('etcd', { 'config-file': '/etc/etcd.yaml' }),
      instance('kube-apiserver', { 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }),
    ]),
  },
  { name: 'files that were not read', expect: 'pass', given: given(twoFiles), says: 'the paths alone were compared' },
  {
    name: 'files that hold different authorities',
    expect: 'pass',
    given: holding(pem('MIIC'), pem('MIID')),
    says: 'no certificates in common',
  },
  { name: 'one authority under two names', expect: 'fail', given: holding(pem('MIIC\nx'), pem('MIICx')), says: '1 certificate in common' },
  { name: 'one of several authorities', expect: 'fail', given: holding(pem('MIIC') + pem('MIID'), pem('MIIE') + pem('MIID')) },
  {
    name: 'one file of two was read',
    expect: 'pass',
    given: given(twoFiles, { '/etc/kubernetes/pki/ca.crt': pem('MIIC') }),
    says: 'not read',
  },
]);
