import { isIP } from 'node:net';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { KubeletAccess, KubeletAddress } from '../../ports/cluster-access.ts';
import type { AddressGuard } from '../network/address-guard.ts';
import { readAnswer } from './answer.ts';
import { certificateFact } from './certificate-fact.ts';
import type { ClientCertificate } from './connection.ts';
import { type Fault, failureOf } from './fault.ts';
import { limiter } from './limit.ts';
import type { ProxyRoutes } from './proxy.ts';
import { withQuery } from './query.ts';
import { directAgent, exchange, type WireAnswer } from './transport.ts';

export interface KubeletOptions {
  /** Client certificate to show; wins over `token`. */
  readonly certificate?: ClientCertificate | undefined;
  /** Gives the token of the account that may read kubelets and nothing else. */
  readonly token: () => Promise<Result<string>>;
  /** PEM of the cluster's authority, only to tell which certificates are its own. */
  readonly clusterAuthority?: string | undefined;
  readonly routes?: ProxyRoutes | undefined;
  /** Milliseconds until the TLS session stands; default 3 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Milliseconds for the whole answer; default 10 000. */
  readonly timeoutMs?: number | undefined;
  /** Kubelets asked at a time; default 32. */
  readonly connections?: number | undefined;
  readonly version?: string | undefined;
  /** Where connections may go: nodes report their addresses themselves. Anywhere without one. */
  readonly guard?: AddressGuard | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes of one answer; a configuration is a few kilobytes. */
const maxBytes = 4 * 2 ** 20;
/** When so many nodes were tried and none could be reached, our network does not reach nodes: the others are not waited for. */
const enough = 20;
/** Faults after which another address of the same node may still answer. */
const maybeElsewhere: readonly Fault['kind'][] = [
  'dns',
  'refused',
  'unreachable',
  'slow',
  'cut',
  'not-tls',
  'not-http',
  'proxy',
  'not-allowed',
];

/** KubeletAccess straight to the nodes. Serving certificates are reported, not verified; so no credential is sent that could do more than read a kubelet. */
export const createKubeletAccess = (options: KubeletOptions): KubeletAccess => {
  const { connectTimeoutMs = 3_000, timeoutMs = 10_000, connections = 32, certificate, guard, signal } = options;
  // A TLS session that is taken up again does not show the chain of certificates any more.
  const agent = directAgent('https:', 2, { maxCachedSessions: 0, guard });
  const inTurn = limiter(connections);
  /** The address that answered, or the failure when none did, by node. */
  const known = new Map<string, Result<string>>();
  let reached = false;
  /** Nodes that were tried and not reached. */
  let inVain = 0;

  const sendTo = async (address: string, kubelet: KubeletAddress, path: string, accept: string | undefined, token: string | undefined) => {
    const url = urlOf(address, kubelet.port, path);
    if (!url)
      return {
        ...failed('answer-invalid', `The node ${kubelet.node} reports an address that is none, so its kubelet cannot be asked there.`),
        elsewhere: true,
      };
    const route = await options.routes?.to(url);
    const sent = await exchange({
      method: 'GET',
      url,
      headers: {
        accept: accept ?? 'application/json',
        'user-agent': `gatehouse/${options.version ?? '0'}`,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      agent: route?.agent ?? agent,
      proxy: route?.shown,
      certificate,
      verify: false,
      timeoutMs,
      connectTimeoutMs,
      maxBytes,
      signal,
    });
    if (sent.ok) return succeed(sent.answer);
    return {
      ...failureOf(sent.fault, `the kubelet of node ${kubelet.node}`, url.host),
      elsewhere: maybeElsewhere.includes(sent.fault.kind),
    };
  };

  /** Tries the addresses in turn; remembers what worked, and that nothing did. */
  const send = async (kubelet: KubeletAddress, path: string, accept: string | undefined): Promise<Result<WireAnswer>> => {
    const before = known.get(kubelet.node);
    if (before && !before.ok) return before;
    if (!reached && inVain >= enough) return notTried(kubelet.node);
    const token = certificate ? undefined : await options.token();
    if (token && !token.ok) return token;
    let last = failed('cluster-unreachable', `The node ${kubelet.node} reports no internal address, so its kubelet cannot be asked.`);
    for (const address of before?.ok ? [before.value] : kubelet.addresses) {
      const answer = await sendTo(address, kubelet, path, accept, token?.value);
      if (answer.ok) {
        reached = true;
        known.set(kubelet.node, succeed(address));
        return answer;
      }
      last = { ok: false, failure: answer.failure };
      if (!('elsewhere' in answer) || !answer.elsewhere) return last;
    }
    known.set(kubelet.node, last);
    // an address that must not be connected to says nothing about our network (certificates are not verified here)
    if (last.failure.code !== 'cluster-untrusted') inVain += 1;
    return last;
  };

  return {
    get: async (kubelet, path, schema, get = {}) => {
      const sent = await inTurn(() => send(kubelet, withQuery(path, get.query), get.accept));
      if (!sent.ok) return sent;
      const refused = refusalOf(sent.value.status, kubelet.node, path);
      if (refused) return refused;
      const read = readAnswer(sent.value, schema, `${path} of the kubelet of node ${kubelet.node}`, get.accept);
      if (!read.ok) return read;
      const { peer } = sent.value;
      return succeed({ value: read.value, ...(peer && { certificate: certificateFact(peer, options.clusterAuthority) }) });
    },
    close: () => agent.destroy(),
  };
};

/** The URL of a kubelet; `undefined` when what the node reports is neither an IP address nor a host name. */
const urlOf = (address: string, port: number, path: string): URL | undefined => {
  if (isIP(address) === 0 && !/^[a-z0-9.-]+$/i.test(address)) return undefined;
  return URL.parse(`https://${isIP(address) === 6 ? `[${address}]` : address}:${port}${path}`) ?? undefined;
};

const notTried = (node: string) =>
  failed(
    'cluster-unreachable',
    `The kubelet of node ${node} was not asked because none of the first ${enough} nodes could be reached; run the scan where the nodes' network is reachable.`,
  );

/** The failure that a kubelet's HTTP status stands for; `undefined` when it answered. */
const refusalOf = (status: number, node: string, path: string) => {
  const who = `The kubelet of node ${node}`;
  if (status === 200) return undefined;
  if (status === 401)
    return failed(
      'credential-refused',
      `${who} does not accept the credential; check that it trusts the cluster's client CA and that webhook authentication is on.`,
    );
  if (status === 403) {
    const right = path === '/metrics' ? 'get nodes/metrics' : 'get nodes/configz';
    return failed(
      'permission-missing',
      `${who} does not allow to read ${path}: the right to ${right} is missing (before Kubernetes 1.33 only nodes/proxy opens it); see "gatehouse permissions".`,
      right,
    );
  }
  if (status === 404) return failed('not-found', `${who} does not serve ${path}.`);
  if (status === 406) return failed('version-unsupported', `${who} does not offer ${path} in the form that was asked for.`);
  return failed('answer-invalid', `${who} answered ${path} with status ${status}.`);
};
