import { type Asked, couldNotLook, defineProbe, get, httpOf, isSilent, shown } from '../probe.ts';
import { asksForLogin, isCalled, pageLooksLike } from './signs.ts';

const config = '/config';
/** Name of the first cluster that the configuration of Headlamp lists. */
const clusterIn = (asked: readonly Asked[]): string | undefined => {
  const answer = httpOf(asked).find(({ path, http }) => path === config && http.status === 200)?.http;
  return answer === undefined ? undefined : /"clusters"\s*:\s*\[\s*\{[^[\]]*?"name"\s*:\s*"([\w.@:-]{1,120})"/.exec(answer.body)?.[1];
};

export const headlamp = defineProbe({
  id: 'exposure/add-ons/headlamp',
  covers: ['ADD-08'],
  title: 'Headlamp shows nothing of a cluster to somebody without a login',
  severity: 'high',
  why: 'Headlamp passes requests on to the API server; started with a kubeconfig that holds a credential, it does so for anybody.',
  repair: 'Start Headlamp with `-in-cluster` and without a kubeconfig of its own, so that everybody needs a token or an OIDC login.',
  techniques: ['T1133', 'T1613'],
  references: ['https://headlamp.dev/docs/latest/installation/in-cluster/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Headlamp and in the audit log of the API server.',
  doors: {
    places: ['published', 'service'],
    ports: [4466],
    recognise: (door) => pageLooksLike(door, /<title>Headlamp<\/title>/) || isCalled(door, /headlamp/),
  },
  send: (door, soFar) => {
    if (soFar.length === 0) return get(door, config);
    const cluster = clusterIn(soFar);
    return soFar.length > 1 || cluster === undefined ? [] : get(door, `/clusters/${encodeURIComponent(cluster)}/api/v1/namespaces?limit=1`);
  },
  judge: (_door, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const second = asked[1];
    if (second === undefined) return undefined;
    const list = httpOf([second])[0]?.http;
    if (list === undefined) return couldNotLook([second]);
    if (list.status === 200 && /"kind"\s*:\s*"NamespaceList"/.test(list.body))
      return {
        outcome: 'fail',
        message: 'Headlamp lists the namespaces of its cluster to anybody who can reach it.',
        evidence: [shown(second, 'a list of namespaces')],
      };
    return asksForLogin(list) ? { outcome: 'pass', message: 'Headlamp asks for a login.', evidence: [shown(second)] } : undefined;
  },
});
