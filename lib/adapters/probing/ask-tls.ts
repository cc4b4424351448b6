import tls from 'node:tls';
import type { ProbeAnswer, TlsAnswer, TlsRequest } from '../../core/probing/index.ts';
import { waitFor } from './ending.ts';
import { asksForCertificate, shakeHands } from './handshake.ts';
import { hangUp, type Line, onConnection } from './line.ts';
import { contextOf } from './offer.ts';
import { chainOf } from './peer-certificate.ts';

const described = (secure: tls.TLSSocket): TlsAnswer => {
  const version = secure.getProtocol();
  return {
    is: 'tls',
    accepted: true,
    ...(version === null ? {} : { version }),
    // there is none when the connection is over already
    ...(secure.getCipher()?.standardName === undefined ? {} : { cipher: secure.getCipher().standardName }),
    chain: chainOf(secure.getPeerX509Certificate()),
  };
};

/**
 * In TLS 1.3 the client is done before the server has seen that its certificate is missing. A session ticket or data shows that the server is content; silence for a
 * while counts as that, too.
 */
const isContent = async (secure: tls.TLSSocket, { limits, ending }: Line): Promise<boolean> => {
  const withinMs = limits.lateAlertMs;
  const patience = { ending, withinMs, late: { is: 'none', why: 'timed-out', detail: '' } } as const;
  const seen = await waitFor<boolean>(patience, ({ settle }) => {
    secure.once('error', (error) => settle(!asksForCertificate(error)));
    for (const sign of ['session', 'data', 'close'] as const) secure.once(sign, () => settle(true));
    secure.resume();
  });
  return seen !== false;
};

/** A handshake, and nothing after it. */
export const askTls = async (request: TlsRequest, line: Line): Promise<ProbeAnswer> => {
  // where nothing can be offered, nobody needs to be asked
  if (!contextOf(request)) return { is: 'tls', accepted: false, refusal: 'not-offered', chain: [] };
  return onConnection<ProbeAnswer>(line, async (socket) => {
    const shaken = await shakeHands(socket, line, request);
    if (!(shaken instanceof tls.TLSSocket)) {
      return 'refused' in shaken ? { is: 'tls', accepted: false, refusal: shaken.refused, chain: shaken.chain } : shaken;
    }
    const answer = described(shaken);
    const isWelcome = answer.version !== 'TLSv1.3' || (await isContent(shaken, line));
    await hangUp(shaken);
    return isWelcome ? answer : { ...answer, accepted: false, refusal: 'client-certificate' };
  });
};
