import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { etcdCertificate } from './etcd-certificate.check.ts';

export const cases = casesFor(etcdCertificate, [
  {
    name: 'all flags are given',
    expect: 'pass',
    given: apiServer({ 'etcd-certfile': '/pki/etcd-certfile', 'etcd-keyfile': '/pki/etcd-keyfile' }),
  },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  {
    name: 'a flag is given without a value',
    expect: 'fail',
    given: apiServer({ 'etcd-certfile': '/pki/etcd-certfile', 'etcd-keyfile': '' }),
    says: '(empty)',
  },
  { name: 'only the first is given', expect: 'fail', given: apiServer({ 'etcd-certfile': '/pki/a' }), says: 'has no `--etcd-keyfile`' },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'etcd-certfile': '/pki/a', 'etcd-keyfile': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
