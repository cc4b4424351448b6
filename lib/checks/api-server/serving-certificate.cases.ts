import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { servingCertificate } from './serving-certificate.check.ts';

export const cases = casesFor(servingCertificate, [
  {
    name: 'all flags are given',
    expect: 'pass',
    given: apiServer({ 'tls-cert-file': '/pki/tls-cert-file', 'tls-private-key-file': '/pki/tls-private-key-file' }),
  },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  {
    name: 'a flag is given without a value',
    expect: 'fail',
    given: apiServer({ 'tls-cert-file': '/pki/tls-cert-file', 'tls-private-key-file': '' }),
    says: '(empty)',
  },
  {
    name: 'only the first is given',
    expect: 'fail',
    given: apiServer({ 'tls-cert-file': '/pki/a' }),
    says: 'has no `--tls-private-key-file`',
  },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'tls-cert-file': '/pki/a', 'tls-private-key-file': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
