import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { tlsCipherSuites } from './tls-cipher-suites.check.ts';

export const cases = casesFor(tlsCipherSuites, [
  {
    name: 'as it should be',
    expect: 'pass',
    given: { kubelets: [kubelet({ tlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'] })] },
  },
  {
    name: 'as it should not be',
    expect: 'fail',
    given: { kubelets: [kubelet({ tlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA'] })] },
  },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ tlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'] })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ tlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA'] })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: {
      kubelets: [
        kubelet({ tlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'] }),
        kubelet({ tlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA'] }, { node: 'w2' }),
      ],
    },
  },
  { name: 'nobody chose', expect: 'fail', given: { kubelets: [kubelet({})] }, says: 'CBC' },
  { name: 'TLS 1.3 only', expect: 'pass', given: { kubelets: [kubelet({ tlsMinVersion: 'VersionTLS13' })] } },
  { name: 'an empty list', expect: 'fail', given: { kubelets: [kubelet({ tlsCipherSuites: [] })] } },
  {
    name: 'a suite of TLS 1.3, and an older name',
    expect: 'pass',
    given: { kubelets: [kubelet({ tlsCipherSuites: ['TLS_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305'] })] },
  },
]);
