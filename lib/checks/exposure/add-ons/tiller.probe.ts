import { couldNotLook, defineProbe, isSilent, once, shown } from '../probe.ts';
import { latin1, uint16, uint32 } from './bytes.ts';
import { asksForCertificate, behindCertificate, bytesOf, talk } from './talk.ts';

type Bytes = readonly number[];
const frame = (type: number, flags: number, stream: number, payload: Bytes): Bytes => [
  ...uint32(payload.length).slice(1),
  type,
  flags,
  ...uint32(stream),
  ...payload,
];
/** A header field of HPACK that is not indexed and not Huffman-coded. */
const field = (name: string, value: string): Bytes => [0, name.length, ...latin1(name), value.length, ...latin1(value)];

/** GetVersion, the one call of Tiller that tells nothing else, as gRPC over HTTP/2 with prior knowledge. Tiller wants to know the version of its client. */
const getVersion: Bytes = [
  ...latin1('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  ...frame(4, 0, 0, []),
  ...frame(1, 4, 1, [
    ...field(':method', 'POST'),
    ...field(':scheme', 'http'),
    ...field(':path', '/hapi.services.tiller.ReleaseService/GetVersion'),
    ...field(':authority', 'tiller'),
    ...field('content-type', 'application/grpc'),
    ...field('te', 'trailers'),
    ...field('x-helm-api-client', '2.17.0'),
  ]),
  ...frame(0, 1, 1, [0, ...uint16(0), ...uint16(0)]),
];

export const tiller = defineProbe({
  id: 'exposure/add-ons/tiller',
  covers: ['ADD-08'],
  title: 'Tiller is reachable by nobody',
  severity: 'critical',
  why: 'Tiller, the server half of Helm 2, installs whatever it is told with the rights of its service account, which is cluster-admin in most clusters, and asks nobody who they are.',
  repair: 'Move releases to Helm 3, which has no server, and delete Tiller.',
  techniques: ['T1133', 'T1610'],
  references: ['https://helm.sh/docs/topics/v2_v3_migration/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; Tiller does not log this call.',
  doors: { places: ['published', 'service', 'node'], ports: [44134] },
  send: once((door) => (asksForCertificate(door) ? [] : talk(door, getVersion))),
  judge: (door, asked) => {
    if (asksForCertificate(door)) return behindCertificate;
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = bytesOf(asked);
    if (answer === undefined) return undefined;
    // field 1 of the answer is the version, and field 1 of that is its text: nothing else answers so to this call
    const version = /\n.\n.(v2\.\d+\.\d+[\w.+-]*)/s.exec(answer.bytes.text)?.[1];
    if (version === undefined) return undefined;
    return {
      outcome: 'fail',
      message: 'Tiller takes orders from anybody who can reach it.',
      evidence: [shown(answer.asked, `Tiller ${version}`)],
    };
  },
});
