import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { etcdCafile } from './etcd-cafile.check.ts';

export const cases = casesFor(etcdCafile, [
  { name: 'all flags are given', expect: 'pass', given: apiServer({ 'etcd-cafile': '/pki/etcd-cafile' }) },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  { name: 'a flag is given without a value', expect: 'fail', given: apiServer({ 'etcd-cafile': '' }), says: '(empty)' },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'etcd-cafile': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
