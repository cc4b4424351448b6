import type { HttpAnswer, HttpRequest, ProbeRequest } from '../../../core/probing/index.ts';
import { isBehind } from '../add-ons/signs.ts';
import { type Asked, couldNotLook, type DoorRule, get, httpOf, isSilent, type OpenDoor, type ProbeVerdict } from '../probe.ts';

/** Clients, other members, figures. */
export const clientPort = 2379;
export const peerPort = 2380;
export const metricsPort = 2381;

export const closeEtcd =
  'Start etcd with `--client-cert-auth`, `--peer-client-cert-auth` and an authority of its own (`--trusted-ca-file`), and let the firewall of the nodes admit nobody but API servers and members.';
export const etcdPages = ['https://etcd.io/docs/latest/op-guide/security/'] as const;
export const etcdLeaves = 'Nothing; etcd does not log such requests.';

/** What Go's HTTP server says of `/` where nothing is there: etcd does, and so may a port that etcd was given besides the usual one. */
const mayBeEtcd = ({ place, greeting: { page } }: OpenDoor): boolean =>
  place === 'node' && page?.status === 404 && page.body.trim() === '404 page not found';

/** Doors of these ports, and doors of nodes that may be those of an etcd. */
export const etcdDoors = (...ports: readonly number[]): DoorRule => ({
  places: ['node', 'published', 'service'],
  ports,
  recognise: mayBeEtcd,
});

/** The version of an etcd; undefined for anything else. */
const etcdVersion = ({ status, body }: HttpAnswer): string | undefined =>
  status === 200 ? /^\s*\{\s*"etcdserver"\s*:\s*"(\d[\w.+-]*)"/.exec(body)?.[1] : undefined;

/** The answer to a path with its request. */
export const answerTo = (asked: readonly Asked[], path: string): { readonly asked: Asked; readonly http: HttpAnswer } | undefined =>
  httpOf(asked).find((one) => one.path === path);

/** The version that was told, with the answer that told it. */
interface ToldVersion {
  readonly asked: Asked;
  readonly version: string;
}
const toldVersion = (asked: readonly Asked[]): ToldVersion | undefined => {
  // it is asked first, and nothing else before it is told
  const [first] = httpOf(asked);
  const version = first && etcdVersion(first.http);
  return first && version !== undefined ? { asked: first.asked, version } : undefined;
};

/** Asks for the version first, and for more only where an etcd has answered. */
export const askEtcd =
  (next: (door: OpenDoor, soFar: readonly Asked[]) => readonly ProbeRequest[]) =>
  (door: OpenDoor, soFar: readonly Asked[]): readonly ProbeRequest[] => {
    if (soFar.length === 0) return get(door, '/version');
    return toldVersion(soFar) ? next(door, soFar) : [];
  };

/** A question to the gateway of etcd, which takes them as POST only. */
export const question = (door: OpenDoor, path: string, body: object): HttpRequest => ({
  is: 'http',
  over: door.greeting.http === 'plain' ? 'plain' : 'tls',
  method: 'POST',
  path,
  body: JSON.stringify(body),
});

/** An answer of the gateway: all of them begin with who answers. */
export const isOfGateway = ({ status, body }: HttpAnswer): boolean =>
  status === 200 && /^\s*\{\s*"header"\s*:\s*\{\s*"cluster_id"/.test(body);

/** Refused for want of a user: with users, etcd answers 400 to whoever names none. */
export const wantsUser = ({ status, body }: HttpAnswer): boolean =>
  status === 401 ||
  status === 403 ||
  (status === 400 && /etcdserver: (user name is empty|permission denied|invalid auth token)/.test(body));

/** A door of etcd that lets in nobody without a client certificate. */
const behindCertificate = (door: OpenDoor, { ports = [] }: DoorRule): ProbeVerdict | undefined =>
  door.greeting.tls?.refusal === 'client-certificate' && isBehind(door, ports)
    ? {
        outcome: 'pass',
        message: 'It turns away whoever has no client certificate.',
        evidence: [{ looked: 'TLS handshake', found: 'a client certificate is asked for' }],
      }
    : undefined;

/** Judges what etcd answers; a door that asks for a certificate passes, and one that is no etcd gets no verdict. */
export const judgeEtcd =
  (doors: DoorRule, judge: (asked: readonly Asked[], told: ToldVersion, door: OpenDoor) => ProbeVerdict | undefined) =>
  (door: OpenDoor, asked: readonly Asked[]): ProbeVerdict | undefined => {
    if (asked.length === 0) return behindCertificate(door, doors);
    if (isSilent(asked)) return couldNotLook(asked);
    const told = toldVersion(asked);
    return told && judge(asked, told, door);
  };
