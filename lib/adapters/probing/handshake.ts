import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import type { NoAnswer, PeerCertificate, TlsAnswer } from '../../core/probing/index.ts';
import { noAnswer, waitFor } from './ending.ts';
import { answerLimits, hangUp, type Line, type ProbeToken } from './line.ts';
import { anyVersion, contextOf, type Offer } from './offer.ts';
import { chainOf } from './peer-certificate.ts';

/** A server that turned the offer down. */
export interface Refusal {
  readonly refused: NonNullable<TlsAnswer['refusal']>;
  readonly detail: string;
  readonly chain: readonly PeerCertificate[];
}

/** Alerts by which servers say that they want a client certificate: there is one of its own in TLS 1.3 only. */
const wantsCertificate = /ALERT_(?:.*CERTIFICATE.*|HANDSHAKE_FAILURE|UNKNOWN_CA|ACCESS_DENIED)$/;
const notOffered = /NO_PROTOCOLS_AVAILABLE|NO_CIPHERS_AVAILABLE/;
/** The server chose a version that was not on offer, so it has none of those that were. */
const otherVersion = /UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION/;
const tooMuch = /EXCESSIVE_MESSAGE_SIZE|TOO_MANY/;
const hungUp = /^(?:ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_.*)$|UNEXPECTED_EOF/;

export const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : error.name);
/** `handshake failure` of `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE`. */
const alertName = (code: string): string => (/ALERT_(.+)$/.exec(code)?.[1] ?? code).toLowerCase().replaceAll('_', ' ');
const isAlert = (code: string): boolean => /^ERR_SSL_.*ALERT_/.test(code);

/** Whether an error says that a certificate of the client is missing. */
export const asksForCertificate = (error: Error): boolean => wantsCertificate.test(codeOf(error));

/** What an error of a TLS connection that stood means. */
export const tlsEnd = (error: Error): NoAnswer => {
  const code = codeOf(error);
  if (isAlert(code)) return noAnswer('hung-up', `TLS alert: ${alertName(code)}`);
  if (hungUp.test(code)) return noAnswer('hung-up', 'the connection ended');
  return tooMuch.test(code) ? noAnswer('hostile', 'a TLS message too large') : noAnswer('malformed', 'what came is not TLS');
};

const cannotOffer: Refusal = { refused: 'not-offered', detail: 'it cannot be offered from here', chain: [] };

const refusalOf = (error: Error, leaf: X509Certificate | undefined): Refusal | NoAnswer => {
  const code = codeOf(error);
  const chain = chainOf(leaf);
  if (notOffered.test(code)) return cannotOffer;
  if (otherVersion.test(code)) return { refused: 'alert', detail: 'it chose another version', chain };
  // before TLS 1.3, whoever has shown a certificate and then refuses has missed ours
  if (isAlert(code)) return { refused: leaf && asksForCertificate(error) ? 'client-certificate' : 'alert', detail: alertName(code), chain };
  return hungUp.test(code) ? { refused: 'hang-up', detail: 'the connection ended', chain } : tlsEnd(error);
};

const leafOf = (secure: tls.TLSSocket): X509Certificate | undefined => {
  try {
    return secure.getPeerX509Certificate();
  } catch {
    return undefined;
  }
};

/** The name for SNI. Addresses are none. */
export const serverName = ({ door: { host } }: Line): string | undefined => (host === undefined || isIP(host) !== 0 ? undefined : host);

const connect = (socket: Socket, line: Line, offer: Offer, secureContext: tls.SecureContext): tls.TLSSocket => {
  const servername = offer.withoutServerName ? undefined : serverName(line);
  return tls.connect({
    socket,
    secureContext,
    minDHSize: 1,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...(servername === undefined ? {} : { servername }),
  });
};

/** A TLS handshake on a connection. */
export const shakeHands = async (socket: Socket, line: Line, offer: Offer): Promise<tls.TLSSocket | Refusal | NoAnswer> => {
  const context = contextOf(offer);
  if (!context) return cannotOffer;
  const secure = connect(socket, line, offer, context);
  secure.on('error', () => {});
  const outcome = await waitFor<tls.TLSSocket | Refusal>(answerLimits(line), ({ settle }) => {
    secure.once('secureConnect', () => settle(secure));
    secure.once('error', (error) => settle(refusalOf(error, leafOf(secure))));
    secure.once('close', () => settle({ refused: 'hang-up', detail: 'the connection ended', chain: [] }));
  });
  if (outcome !== secure) await hangUp(secure);
  return outcome;
};

/** Talks over TLS of any version; a refusal is no answer. */
export const onSecure = async <T>(socket: Socket, line: Line, talk: (secure: tls.TLSSocket) => Promise<T>): Promise<T | NoAnswer> => {
  const secure = await shakeHands(socket, line, anyVersion);
  if (!(secure instanceof tls.TLSSocket)) return 'refused' in secure ? noAnswer('hung-up', `no TLS: ${secure.detail}`) : secure;
  try {
    return await talk(secure);
  } finally {
    await hangUp(secure);
  }
};

/** Why the certificate of a server proves nothing, as its code. */
const untrusted = (error: Error): NoAnswer =>
  noAnswer('hung-up', `the token was not sent: its certificate is not trusted (${codeOf(error)})`);

/** Talks over TLS to a server that has proved who it is; to any other nothing is said. */
export const onTrusted = async <T>(
  socket: Socket,
  line: Line,
  { authorities }: ProbeToken,
  talk: (secure: tls.TLSSocket) => Promise<T>,
): Promise<T | NoAnswer> => {
  const name = serverName(line);
  const secure = tls.connect({
    socket,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(authorities === undefined ? {} : { ca: typeof authorities === 'string' ? authorities : [...authorities] }),
    ...(name === undefined ? {} : { servername: name }),
    checkServerIdentity: (_, certificate) => tls.checkServerIdentity(name ?? line.door.address, certificate),
  });
  secure.on('error', () => {});
  const outcome = await waitFor<tls.TLSSocket>(answerLimits(line), ({ settle }) => {
    secure.once('secureConnect', () => settle(secure));
    secure.once('error', (error) => settle(untrusted(error)));
    secure.once('close', () => settle(noAnswer('hung-up', 'the connection ended')));
  });
  try {
    return outcome instanceof tls.TLSSocket ? await talk(outcome) : outcome;
  } finally {
    await hangUp(secure);
  }
};
