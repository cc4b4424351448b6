import { decidedBy, says } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';

export const loopbackServices = defineProbe({
  id: 'exposure/components/loopback-services',
  covers: ['CMP-05'],
  title: 'Services meant for the node itself answer nobody outside',
  severity: 'high',
  why: 'Programs that listen on loopback ask nobody for a login, because they count on being out of reach; where they listen wider, or CVE-2020-8558 routes to loopback, they are open to neighbours.',
  repair:
    'Bind them to 127.0.0.1, keep kube-proxy up to date, and let the firewall of the nodes drop what comes from outside for 127.0.0.0/8.',
  techniques: ['T1210'],
  references: ['https://github.com/kubernetes/kubernetes/issues/92315'],
  intrusiveness: 'reading',
  leaves: 'Nothing; these services do not log requests.',
  // debugging of agents such as Cilium's, Weave Net, the network agent of AWS
  doors: { places: ['node'], ports: [6060, 6784, 61678] },
  ...decidedBy(
    {
      path: '/debug/pprof/',
      shows: says(/<title>\/debug\/pprof\/<\/title>/),
      outcome: 'fail',
      message: 'A program of the node lets anybody look into its memory.',
      found: 'profiles',
    },
    {
      path: '/status',
      // blanks of one line only: `\s` with `m` takes minutes of a body that is all line ends
      shows: says(/^[ \t]*Version: /m, /^[ \t]*Service: router/m),
      outcome: 'fail',
      severity: 'medium',
      message: 'Weave Net shows the state of its network to anybody.',
      found: 'the state of Weave Net',
    },
    {
      path: '/v1/enis',
      shows: says(/^\s*\{/, /"ENIs"|"ENIPool"|"TotalIPs"/),
      outcome: 'fail',
      severity: 'medium',
      message: 'The network agent of AWS shows the interfaces and addresses of its node to anybody.',
      found: 'interfaces and addresses',
    },
  ),
});
