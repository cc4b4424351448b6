import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { servingCertificate } from './serving-certificate.check.ts';

const certificate = { subject: 'CN=w1', issuer: 'CN=kubernetes', selfSigned: false, notAfter: '2027-01-01T00:00:00.000Z' };
const madeUp = { ...certificate, issuer: 'CN=w1-ca@1690000000', selfSigned: true };

export const cases = casesFor(servingCertificate, [
  {
    name: 'issued by the cluster',
    expect: 'pass',
    given: { kubelets: [kubelet({ serverTLSBootstrap: true }, { certificate })] },
    says: 'issuer',
  },
  {
    name: 'issued by another authority',
    expect: 'pass',
    given: { kubelets: [kubelet({ tlsCertFile: '/etc/kubelet/tls.crt', tlsPrivateKeyFile: '/etc/kubelet/tls.key' }, { certificate })] },
  },
  {
    name: 'files somebody chose, and the certificate was not seen',
    expect: 'pass',
    given: { kubelets: [kubelet({ tlsCertFile: '/etc/kubelet/tls.crt', tlsPrivateKeyFile: '/etc/kubelet/tls.key' })] },
  },
  {
    name: 'made up by the kubelet, although the fields are set',
    expect: 'fail',
    given: {
      kubelets: [
        kubelet(
          { tlsCertFile: '/var/lib/kubelet/pki/kubelet.crt', tlsPrivateKeyFile: '/var/lib/kubelet/pki/kubelet.key' },
          { certificate: madeUp },
        ),
      ],
    },
    says: '<node>-ca@',
  },
  {
    name: 'a good one at the place of the made-up one',
    expect: 'pass',
    given: {
      kubelets: [
        kubelet(
          { tlsCertFile: '/var/lib/kubelet/pki/kubelet.crt', tlsPrivateKeyFile: '/var/lib/kubelet/pki/kubelet.key' },
          { certificate },
        ),
      ],
    },
  },
  {
    name: 'at the place of the made-up one, and not seen',
    expect: 'unknown',
    given: {
      kubelets: [kubelet({ tlsCertFile: '/var/lib/kubelet/pki/kubelet.crt', tlsPrivateKeyFile: '/var/lib/kubelet/pki/kubelet.key' })],
    },
    says: '/pki/kubelet.crt',
  },
  {
    name: 'told to ask the cluster, serves a made-up one',
    expect: 'fail',
    given: { kubelets: [kubelet({ serverTLSBootstrap: true }, { certificate: madeUp })] },
  },
  {
    name: 'told to ask the cluster, seen through the API server',
    expect: 'pass',
    given: { kubelets: [kubelet({ serverTLSBootstrap: true }, { source: 'api-server-proxy' })] },
  },
  { name: 'nothing set', expect: 'fail', given: { kubelets: [kubelet({})] } },
  { name: 'nothing set in the ConfigMap', expect: 'fail', given: { kubelets: [wanted({})] } },
  { name: 'the ConfigMap alone proves nothing good', expect: 'unknown', given: { kubelets: [wanted({ serverTLSBootstrap: true })] } },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] } },
]);
