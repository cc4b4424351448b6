import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { kubeletCertificateAuthority } from './kubelet-certificate-authority.check.ts';

export const cases = casesFor(kubeletCertificateAuthority, [
  {
    name: 'all flags are given',
    expect: 'pass',
    given: apiServer({ 'kubelet-certificate-authority': '/pki/kubelet-certificate-authority' }),
  },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  { name: 'a flag is given without a value', expect: 'fail', given: apiServer({ 'kubelet-certificate-authority': '' }), says: '(empty)' },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'kubelet-certificate-authority': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
