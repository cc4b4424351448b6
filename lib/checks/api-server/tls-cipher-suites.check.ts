import type { Evidence } from '../../core/finding.ts';
import { strongSuites } from '../../core/tls-suites.ts';
import { defineCheck } from '../check.ts';
import { chosenSuites, goDefaultSuites } from '../shared/cipher-suites.ts';
import { fails, holds, judgeSettings } from '../shared/flag-check.ts';
import { controlPlaneSlices, judgeInstances } from '../shared/instances.ts';
import { few } from '../shared/words.ts';

export const tlsCipherSuites = defineCheck({
  id: 'api-server/tls-cipher-suites',
  title: 'The API server accepts strong cipher suites only',
  severity: 'medium',
  why: 'A client that is talked into a weak suite can be listened to, or its recorded traffic can be read later.',
  repair: `Set \`--tls-cipher-suites\` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config) to suites among ${strongSuites.filter((name) => name.startsWith('TLS_ECDHE_RSA') && !name.endsWith('POLY1305')).join(', ')} (with an ECDSA key in the certificate, to their ECDSA counterparts), the first of them always included because HTTP/2 demands it, or \`--tls-min-version=VersionTLS13\` where every client can do that.`,
  reads: [],
  mayRead: [...controlPlaneSlices, 'apiServerTls'],
  evaluate(seen) {
    const handshake = seen.apiServerTls.read && seen.apiServerTls.value.suitesOffered.length > 0 ? seen.apiServerTls.value : undefined;
    const accepted = handshake?.weakSuitesAccepted ?? [];
    const shaken: readonly Evidence[] = handshake
      ? [
          {
            source: `TLS handshakes with ${handshake.endpoint}`,
            looked: `${handshake.suitesOffered.length} weak suites, one by one`,
            found: accepted.length > 0 ? `accepted: ${accepted.join(', ')}` : 'none accepted',
          },
        ]
      : [];
    return judgeInstances('kube-apiserver', seen, (instance) =>
      judgeSettings(instance, (settings, { version }) => {
        const chosen = chosenSuites(settings.text('tls-min-version'), settings.list('tls-cipher-suites'));
        settings.note(...shaken);
        if (chosen && chosen.weak.length > 0) return fails(`The API server is told to accept weak cipher suites: ${few(chosen.weak)}.`);
        if (accepted.length > 0) return fails(`The API server accepts weak cipher suites: ${few(accepted)}.`);
        if (chosen) return holds(`The API server accepts strong cipher suites only${handshake ? ', also in real handshakes' : ''}.`);
        if (handshake)
          return holds('The API server leaves the choice of cipher suites to Go, and took none of the weak ones in real handshakes.');
        return fails(
          `The API server leaves the choice of cipher suites to Go, which includes weak ones: ${few(goDefaultSuites(version))}.`,
        );
      }),
    );
  },
});
