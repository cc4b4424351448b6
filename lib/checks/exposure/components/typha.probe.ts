import { asksForCertificate, behindCertificate } from '../add-ons/talk.ts';
import { defineProbe } from '../probe.ts';

export const typha = defineProbe({
  id: 'exposure/components/typha',
  covers: ['CMP-11'],
  title: 'Typha talks to nobody without a client certificate',
  severity: 'medium',
  why: 'Typha sends every policy, endpoint and address of the cluster to whoever it takes for a node.',
  repair: 'Give Typha `TYPHA_CAFILE`, `TYPHA_SERVERCERTFILE` and `TYPHA_CLIENTCN`, as the operator of Calico does.',
  techniques: ['T1613'],
  references: ['https://docs.tigera.io/calico/latest/network-policy/comms/crypto-auth'],
  intrusiveness: 'passive',
  leaves: 'A line in the log of Typha about a client that went away.',
  doors: { places: ['node'], ports: [5473] },
  // what it speaks after that is no protocol one could ask a harmless question in
  send: () => [],
  judge: (door) => {
    if (asksForCertificate(door)) return behindCertificate;
    const { http, banner, tls } = door.greeting;
    if (http !== undefined || banner !== undefined) return undefined;
    const evidence = [{ looked: 'TLS handshake', found: tls?.accepted ? 'no client certificate is asked for' : 'no TLS' }];
    return {
      outcome: 'fail',
      certainty: 'potential',
      message: 'The port of Typha is open, and no client certificate is asked for.',
      evidence,
    };
  },
});
