import { timeOf } from '../../../core/time.ts';
import { defineProbe } from '../probe.ts';
import { loginPort } from './kubelet.ts';

/** The kubelet signs its own certificate with an authority that it names after its node and the second of its making, and forgets. */
const isOwnAuthority = (issuer: string): boolean => /-ca@\d+/.test(issuer);

export const certificate = defineProbe({
  id: 'exposure/kubelet/certificate',
  covers: ['KUB-04'],
  title: 'The certificate of the kubelet comes from an authority of the cluster and has not run out',
  // what kubeadm leaves: worth knowing, and no open door
  severity: 'info',
  why: 'Nobody can tell a kubelet with a certificate of its own making from somebody between it and the API server, which then reads every log and every command.',
  repair:
    'Set `serverTLSBootstrap: true` in the configuration of the kubelet and approve its certificate requests, or give it `tlsCertFile` and `tlsPrivateKeyFile`.',
  techniques: ['T1557'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/'],
  intrusiveness: 'passive',
  leaves: 'Nothing.',
  doors: { places: ['node'], ports: [loginPort] },
  // the handshake of the greeting has shown all there is to see
  send: () => [],
  judge: ({ greeting: { tls }, now }) => {
    const leaf = tls?.chain[0];
    if (leaf === undefined) return undefined;
    const evidence = [{ looked: 'certificate', found: `issued by ${leaf.issuer}, valid until ${leaf.notAfter}` }];
    if (timeOf(leaf.notAfter) <= timeOf(now))
      return { outcome: 'fail', severity: 'medium', message: 'The certificate of the kubelet has run out.', evidence };
    return leaf.isSelfSigned || isOwnAuthority(leaf.issuer)
      ? { outcome: 'fail', message: 'The kubelet has signed its certificate itself, so nobody can check whom they talk to.', evidence }
      : { outcome: 'pass', message: 'The certificate of the kubelet comes from an authority and is valid.', evidence };
  },
});
