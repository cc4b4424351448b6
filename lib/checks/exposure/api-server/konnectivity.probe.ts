import { couldNotLook, defineProbe, get, httpOf, isSilent, type OpenDoor, once, type ProbeVerdict, shown } from '../probe.ts';

const agents = 8132;
const administration = 8133;
const health = 8134;

const isControlPlane = ({ subject }: OpenDoor): boolean => subject.role === 'control-plane';

/** Agents come by gRPC, which says nothing to strangers; that the port speaks TLS is all there is to see. */
const judgeAgents = ({ greeting: { tls } }: OpenDoor): ProbeVerdict | undefined =>
  tls === undefined || (!tls.accepted && tls.refusal === 'hang-up')
    ? undefined
    : {
        outcome: 'fail',
        severity: tls.accepted ? 'medium' : 'low',
        certainty: 'potential',
        message: tls.accepted
          ? 'The port at which agents of konnectivity come in is open and asks for no client certificate.'
          : 'The port at which agents of konnectivity come in is open, though it turns down whoever has no client certificate.',
        evidence: [{ looked: 'TLS handshake', found: tls.accepted ? 'accepted without a client certificate' : 'turned down' }],
      };

export const konnectivity = defineProbe({
  id: 'exposure/api-server/konnectivity',
  covers: ['API-16'],
  title: 'The tunnels of konnectivity are open to nodes only',
  severity: 'medium',
  why: 'Konnectivity carries the requests of the API server into the network of the nodes; whoever joins as an agent can take them over, and its metrics name every node.',
  repair:
    'Let a firewall admit nodes only to 8132, have agents prove themselves by certificate or token (`--cluster-ca-cert`, `--authentication-audience`), and bind 8133 and 8134 to loopback.',
  techniques: ['T1133', 'T1613'],
  references: ['https://kubernetes.io/docs/tasks/extend-kubernetes/setup-konnectivity/'],
  intrusiveness: 'reading',
  leaves: 'A failed TLS handshake in the log of the konnectivity server.',
  doors: { places: ['node'], ports: [agents, administration, health] },
  send: once((door) => {
    if (!isControlPlane(door) || door.greeting.http === undefined) return [];
    return door.port === administration ? get(door, '/metrics') : door.port === health ? get(door, '/healthz', '/readyz') : [];
  }),
  judge: (door, asked) => {
    if (!isControlPlane(door)) return undefined;
    if (door.port === agents) return judgeAgents(door);
    if (isSilent(asked)) return couldNotLook(asked);
    const answers = httpOf(asked);
    const metrics = answers.find(({ http }) => http.status === 200 && /^# (HELP|TYPE) konnectivity_/m.test(http.body));
    if (metrics)
      return {
        outcome: 'fail',
        message: 'The administration port of konnectivity shows its metrics to everybody.',
        evidence: [shown(metrics.asked, 'metrics of konnectivity')],
      };
    // "ok" is what many servers say; the port and both paths together make it likely
    const [live, ready] = answers;
    if (door.port === health && live?.http.body === 'ok' && (ready?.http.body === 'ok' || ready?.http.status === 500))
      return {
        outcome: 'fail',
        severity: 'info',
        certainty: 'potential',
        message: 'The health port of konnectivity answers everybody.',
        evidence: answers.map((one) => shown(one.asked, 'state of health')),
      };
    return undefined;
  },
});
