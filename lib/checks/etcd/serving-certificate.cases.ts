import { controlPlane, flagz, instance, node, running } from '../../../test/support/control-plane.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { servingCertificate } from './serving-certificate.check.ts';

const given = running('etcd');

export const cases = casesFor(servingCertificate, [
  {
    name: 'certificate and TLS only',
    expect: 'pass',
    given: given({
      'cert-file': '/pki/etcd/server.crt',
      'key-file': '/pki/etcd/server.key',
      'listen-client-urls': 'https://127.0.0.1:2379,https://198.18.0.11:2379',
    }),
  },
  {
    name: 'no certificate',
    expect: 'fail',
    given: given({ 'listen-client-urls': 'https://127.0.0.1:2379,https://198.18.0.11:2379' }),
    says: 'has no',
  },
  {
    name: 'no key',
    expect: 'fail',
    given: given({ 'cert-file': '/pki/etcd/server.crt', 'listen-client-urls': 'https://127.0.0.1:2379,https://198.18.0.11:2379' }),
    says: 'key-file',
  },
  {
    name: 'a certificate, but one URL without TLS',
    expect: 'fail',
    given: given({
      'cert-file': '/pki/etcd/server.crt',
      'key-file': '/pki/etcd/server.key',
      'listen-client-urls': 'https://127.0.0.1:2379,http://198.18.0.11:12379',
    }),
    says: 'http://198.18.0.11:12379',
  },
  {
    name: 'listens where etcd does by default, without TLS',
    expect: 'fail',
    given: given({ 'cert-file': '/pki/etcd/server.crt', 'key-file': '/pki/etcd/server.key' }),
    says: 'default http://localhost',
  },
  {
    name: 'set by variables',
    expect: 'pass',
    given: given({}, { env: { ETCD_CERT_FILE: '/c', ETCD_KEY_FILE: '/k', ETCD_LISTEN_CLIENT_URLS: 'https://127.0.0.1:2379' } }),
    says: 'ETCD_LISTEN_CLIENT_URLS',
  },
  {
    name: 'settings are in a file, and flags are ignored',
    expect: 'manual',
    given: given({
      'config-file': '/etc/etcd.yaml',
      'cert-file': '/pki/etcd/server.crt',
      'key-file': '/pki/etcd/server.key',
      'listen-client-urls': 'https://127.0.0.1:2379,https://198.18.0.11:2379',
    }),
    says: '/etc/etcd.yaml',
  },
  {
    name: 'etcd is elsewhere',
    expect: 'unknown',
    given: controlPlane([instance('kube-apiserver', { 'etcd-servers': 'https://10.1.2.3:2379,https://10.1.2.4:2379' })]),
    says: 'outside the cluster',
  },
  {
    name: 'etcd should be here and is not seen',
    expect: 'unknown',
    given: controlPlane([instance('kube-apiserver', { 'etcd-servers': 'https://198.18.0.11:2379' })]),
    says: 'no mirror pod',
  },
  {
    name: 'etcd is on a node by its IPv6 address, so it should be here',
    expect: 'unknown',
    given: controlPlane([instance('kube-apiserver', { 'etcd-servers': 'https://[fd00::11]:2379,https://[::1]:2379' })], {
      nodes: seen([node('cp1', { addresses: ['fd00::11'] })]),
    }),
    says: 'no mirror pod',
  },
  {
    name: 'etcd is elsewhere, by the word of the API server process',
    expect: 'unknown',
    given: controlPlane([], { apiServerFlagz: flagz({ 'etcd-servers': '[https://etcd.example:2379]' }), nodes: unseen('No right.') }),
    says: 'outside the cluster (etcd.example)',
  },
  { name: 'pods may not be listed', expect: 'unknown', given: controlPlane([], { components: unseen('No right.') }), says: 'No right.' },
]);
