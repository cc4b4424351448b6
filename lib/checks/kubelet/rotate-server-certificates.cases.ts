import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { rotateServerCertificates } from './rotate-server-certificates.check.ts';

const certificate = { subject: 'CN=w1', issuer: 'CN=kubernetes', selfSigned: false, notAfter: '2027-01-01T00:00:00.000Z' };
const madeUp = { ...certificate, issuer: 'CN=w1-ca@1690000000', selfSigned: true };

export const cases = casesFor(rotateServerCertificates, [
  { name: 'asks the cluster', expect: 'pass', given: { kubelets: [kubelet({ serverTLSBootstrap: true })] } },
  {
    name: 'asks the cluster, with the gate and the certificate to show for it',
    expect: 'pass',
    given: { kubelets: [kubelet({ serverTLSBootstrap: true, featureGates: { RotateKubeletServerCertificate: true } }, { certificate })] },
  },
  {
    name: 'the gate alone means nothing',
    expect: 'fail',
    given: { kubelets: [kubelet({ featureGates: { RotateKubeletServerCertificate: true } })] },
    says: 'nothing it renews',
  },
  {
    name: 'the gate is off',
    expect: 'fail',
    given: { kubelets: [kubelet({ serverTLSBootstrap: true, featureGates: { RotateKubeletServerCertificate: false } })] },
  },
  {
    name: 'all beta features are off',
    expect: 'fail',
    given: { kubelets: [kubelet({ serverTLSBootstrap: true, featureGates: { AllBeta: false } })] },
  },
  { name: 'serves one it made up', expect: 'fail', given: { kubelets: [kubelet({ serverTLSBootstrap: true }, { certificate: madeUp })] } },
  { name: 'nothing set', expect: 'fail', given: { kubelets: [kubelet({})] } },
  {
    name: 'a certificate of its own, where it keeps those it makes up',
    expect: 'fail',
    given: { kubelets: [kubelet({ tlsCertFile: '/var/lib/kubelet/pki/kubelet.crt' })] },
    says: 'nothing it renews',
  },
  {
    name: 'a certificate that an authority issued, where it keeps those it makes up',
    expect: 'manual',
    given: { kubelets: [kubelet({ tlsCertFile: '/var/lib/kubelet/pki/kubelet.crt' }, { certificate })] },
    says: 'Look who replaces /var/lib/kubelet/pki/kubelet.crt before it ends.',
  },
  {
    name: 'a certificate that somebody put elsewhere',
    expect: 'manual',
    given: { kubelets: [kubelet({ tlsCertFile: '/etc/ssl/node.crt' })] },
  },
  {
    name: 'one somebody put elsewhere that nobody can verify',
    expect: 'fail',
    given: { kubelets: [kubelet({ tlsCertFile: '/etc/ssl/node.crt' }, { certificate: madeUp })] },
  },
  { name: 'the ConfigMap alone proves nothing good', expect: 'unknown', given: { kubelets: [wanted({ serverTLSBootstrap: true })] } },
  { name: 'nothing set in the ConfigMap', expect: 'fail', given: { kubelets: [wanted({})] } },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] } },
]);
