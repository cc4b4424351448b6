import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { ByteStream } from '../../../ports/image-source.ts';
import { checked, LayerBroken } from '../digest.ts';
import type { LayerDescriptor } from '../manifest.ts';
import { faultFailure } from './refusal.ts';
import type { Session, SessionRequest } from './session.ts';
import { bodyFault, bodyOf, type Patience } from './wire.ts';

/** How often one transfer goes on where it broke. */
const maxBreaks = 5;

/** Opens a layer; what flows is checked. */
export const openLayer = async (
  session: Session,
  layer: LayerDescriptor,
  imageName: string,
  patience: Patience,
  signal: AbortSignal,
): Promise<Result<ByteStream>> => {
  const what = `layer ${layer.digest} of ${imageName}`;
  const request = { path: `v2/${session.endpoint.repository}/blobs/${layer.digest}`, kind: 'blob', what, signal } as const;
  const first = await session.get(request);
  if (!first.ok) return first.failure.code === 'not-found' && isForeign(layer) ? elsewhere(layer, what) : first;
  const length = first.value.headers['content-length'];
  if (length !== undefined && Number(length) !== layer.size) {
    first.value.destroy();
    return failed(
      'answer-invalid',
      `The registry ${session.endpoint.host} has ${length} bytes as ${what}, and its manifest says ${layer.size}; it is damaged or was exchanged.`,
    );
  }
  return succeed(
    checked(resumed(session, request, first.value, layer.size, patience), { digest: layer.digest, size: layer.size, what: capital(what) }),
  );
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const isForeign = ({ urls, mediaType }: LayerDescriptor): boolean => (urls?.length ?? 0) > 0 || /foreign|nondistributable/.test(mediaType);

const elsewhere = ({ urls }: LayerDescriptor, what: string) => {
  const hosts = [...new Set((urls ?? []).map((url) => URL.parse(url)?.host).filter((host) => host !== undefined))].slice(0, 3);
  const from = hosts.length === 0 ? 'its maker' : hosts.join(' or ');
  return failed(
    'not-found',
    `${capital(what)} is a foreign layer: registries do not hold it, it would have to be fetched from ${from}, which Gatehouse does not do; push it to the registry to have it read.`,
  );
};

/** The bytes of a transfer that goes on where it broke. */
async function* resumed(session: Session, request: SessionRequest, first: IncomingMessage, size: number, patience: Patience): ByteStream {
  const who = `the registry ${session.endpoint.host}`;
  let answer = first;
  let at = 0;
  for (let breaks = 0; ; breaks += 1) {
    let broken = faultFailure({ kind: 'cut-short', detail: '' }, who);
    try {
      // a server that knows no ranges begins again
      let skip = answer.statusCode === 206 ? 0 : at;
      for await (const chunk of bodyOf(answer, patience.silenceMs)) {
        const rest = skip === 0 ? chunk : chunk.subarray(skip);
        skip -= chunk.length - rest.length;
        at += rest.length;
        if (rest.length > 0) yield rest;
      }
      if (at >= size) return;
    } catch (error) {
      broken = faultFailure(request.signal.aborted ? { kind: 'cancelled', detail: '' } : bodyFault(error, patience.silenceMs), who);
    }
    if (request.signal.aborted || breaks === maxBreaks) throw new LayerBroken(broken.failure.say);
    await sleep(patience.pauseMs * 2 ** breaks, undefined, { signal: request.signal }).catch(() => undefined);
    const next = await session.get({ ...request, from: at });
    if (!next.ok) throw new LayerBroken(next.failure.say);
    answer = next.value;
    if (answer.statusCode === 206 && !answer.headers['content-range']?.startsWith(`bytes ${at}-`)) {
      answer.destroy();
      throw new LayerBroken(`The registry ${session.endpoint.host} went on with another part of ${request.what} than it was asked for.`);
    }
  }
}
