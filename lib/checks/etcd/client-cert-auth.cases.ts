import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { clientCertAuth } from './client-cert-auth.check.ts';

const given = running('etcd');

export const cases = casesFor(clientCertAuth, [
  { name: 'demanded', expect: 'pass', given: given({ 'client-cert-auth': 'true', 'listen-client-urls': 'https://198.18.0.11:2379' }) },
  { name: 'not demanded', expect: 'fail', given: given({ 'client-cert-auth': 'false', 'listen-client-urls': 'https://198.18.0.11:2379' }) },
  {
    name: 'not set, off by default',
    expect: 'fail',
    given: given({ 'listen-client-urls': 'https://198.18.0.11:2379' }),
    says: 'default false',
  },
  {
    name: 'demanded, but one URL has no TLS',
    expect: 'fail',
    given: given({ 'client-cert-auth': 'true', 'listen-client-urls': 'https://198.18.0.11:2379,http://127.0.0.1:2379' }),
    says: 'http://127.0.0.1:2379',
  },
  {
    name: 'set by a variable',
    expect: 'pass',
    given: given({ 'listen-client-urls': 'https://198.18.0.11:2379' }, { env: { ETCD_CLIENT_CERT_AUTH: 'true' } }),
    says: 'ETCD_CLIENT_CERT_AUTH',
  },
  {
    name: 'the flag wins over the variable',
    expect: 'fail',
    given: given(
      { 'client-cert-auth': 'false', 'listen-client-urls': 'https://198.18.0.11:2379' },
      { env: { ETCD_CLIENT_CERT_AUTH: 'true' } },
    ),
  },
  {
    name: 'settings are in a file named by a variable',
    expect: 'manual',
    given: given({}, { env: { ETCD_CONFIG_FILE: '/etc/etcd.yaml' } }),
  },
]);
