import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { kubeletClientCertificate } from './kubelet-client-certificate.check.ts';

export const cases = casesFor(kubeletClientCertificate, [
  {
    name: 'all flags are given',
    expect: 'pass',
    given: apiServer({ 'kubelet-client-certificate': '/pki/kubelet-client-certificate', 'kubelet-client-key': '/pki/kubelet-client-key' }),
  },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  {
    name: 'a flag is given without a value',
    expect: 'fail',
    given: apiServer({ 'kubelet-client-certificate': '/pki/kubelet-client-certificate', 'kubelet-client-key': '' }),
    says: '(empty)',
  },
  {
    name: 'only the first is given',
    expect: 'fail',
    given: apiServer({ 'kubelet-client-certificate': '/pki/a' }),
    says: 'has no `--kubelet-client-key`',
  },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'kubelet-client-certificate': '/pki/a', 'kubelet-client-key': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
