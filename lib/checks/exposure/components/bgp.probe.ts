import { defineProbe } from '../probe.ts';

/** BGP begins with sixteen ones, a length and the kind of the message, of which 1 opens a session. */
const opens = (banner: string): boolean => banner.startsWith('\u00ff'.repeat(16)) && banner.charCodeAt(18) === 1;

export const bgp = defineProbe({
  id: 'exposure/components/bgp',
  covers: ['CMP-11'],
  title: 'Nobody but its peers can open a session with the router of a node',
  severity: 'medium',
  why: 'Whoever is taken for a peer announces routes, and then the traffic of pods and Services goes where they like.',
  repair:
    'Name the peers by address, give the sessions a password (TCP MD5 or TCP-AO), and let the firewall of the nodes admit peers only.',
  techniques: ['T1557'],
  references: ['https://docs.tigera.io/calico/latest/network-policy/comms/secure-bgp'],
  intrusiveness: 'passive',
  leaves: 'A line in the log of the router about a session that was not opened.',
  doors: { places: ['node'], ports: [179] },
  // a router that takes the caller for a peer speaks first
  send: () => [],
  judge: ({ greeting: { banner } }) =>
    banner !== undefined && opens(banner)
      ? {
          outcome: 'fail',
          message: 'The router of the node opens a session with anybody who can reach it.',
          evidence: [{ looked: 'wait for a greeting', found: 'it opens a session of BGP' }],
        }
      : undefined,
});
