import { type Failure, type FailureCode, failed } from '../../core/failure.ts';
import { AddressNotAllowed } from '../network/address-guard.ts';

/** Why no usable answer came back, before anybody looked at a status code. */
export type FaultKind =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'slow'
  | 'cut'
  | 'cut-short'
  | 'too-large'
  | 'not-http'
  | 'not-tls'
  | 'untrusted'
  | 'certificate-refused'
  | 'proxy'
  | 'not-allowed'
  | 'cancelled';

/** A request that got no answer. `detail` completes the sentence and holds nothing secret. */
export interface Fault {
  readonly kind: FaultKind;
  readonly detail: string;
}

const byCode: Readonly<Record<string, FaultKind>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EINVAL: 'unreachable',
  ETIMEDOUT: 'slow',
  ECONNRESET: 'cut',
  ECONNABORTED: 'cut',
  EPIPE: 'cut',
  EPROTO: 'not-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'not-tls',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'not-tls',
  Z_BUF_ERROR: 'cut-short',
  Z_DATA_ERROR: 'not-http',
  ERR_TLS_CERT_ALTNAME_INVALID: 'untrusted',
};

/** OpenSSL's reasons for not trusting a certificate, as Node spells them, in words that complete "because …". */
const distrust: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate authority is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate authority is not trusted here',
  CERT_SIGNATURE_FAILURE: 'it was not signed by the trusted certificate authority',
  CERT_UNTRUSTED: 'its certificate authority is not trusted here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet (or the clock of this machine is wrong)',
  CERT_REVOKED: 'it was revoked',
  INVALID_CA: 'its certificate authority may not sign certificates',
  INVALID_PURPOSE: 'it is not meant for a server',
  HOSTNAME_MISMATCH: 'it does not carry the name that was asked for',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/** A fault from what Node's sockets, TLS and HTTP parser throw. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof AggregateError && error.errors.length > 0) return faultOf(error.errors[0]);
  if (error instanceof AddressNotAllowed) return { kind: 'not-allowed', detail: error.message };
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  const why = distrust[code];
  if (why !== undefined) return { kind: 'untrusted', detail: why };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { kind: 'untrusted', detail: `it is for other names (${namesIn(message)})` };
  if (/^ERR_SSL_.*ALERT_(.*CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code)) return { kind: 'certificate-refused', detail: code };
  if (code.startsWith('HPE_')) return { kind: 'not-http', detail: code };
  const kind = byCode[code];
  if (kind !== undefined) return { kind, detail: code };
  if (code.startsWith('ERR_SSL_')) return { kind: 'not-tls', detail: code };
  return { kind: 'cut', detail: code === '' ? 'the connection broke' : code };
};

/** The names a certificate is for, out of Node's message about a mismatch. */
const namesIn = (message: string): string =>
  /is not in the cert's (?:altnames|list): (.*)$/.exec(message)?.[1]?.replaceAll(/(DNS|IP Address):/g, '') ??
  /cert's CN: (.*)$/.exec(message)?.[1] ??
  'it names none';

const sentences: Readonly<Record<FaultKind, readonly [FailureCode, (who: string, where: string, detail: string) => string]>> = {
  dns: [
    'cluster-unreachable',
    (who, where) => `The name of ${who} (${where}) cannot be resolved; check the name, the DNS server and the VPN.`,
  ],
  refused: [
    'cluster-unreachable',
    (who, where) => `${capital(who)} at ${where} refused the connection; check address and port, and that it runs.`,
  ],
  unreachable: [
    'cluster-unreachable',
    (who, where) => `There is no route to ${who} at ${where}; check the address, the VPN and firewalls.`,
  ],
  slow: [
    'timed-out',
    (who, where, detail) => `${capital(who)} at ${where} did not answer in time${detail}; check the VPN and firewalls, or try again later.`,
  ],
  cut: [
    'cluster-unreachable',
    (who, where) => `The connection to ${who} at ${where} broke off; try again, and check load balancers and proxies on the way.`,
  ],
  'cut-short': [
    'answer-invalid',
    (who, where) => `An answer of ${who} at ${where} was cut short; try again, and check proxies on the way.`,
  ],
  'too-large': ['answer-invalid', (who, where, detail) => `An answer of ${who} at ${where} is larger than ${detail}, so it was not read.`],
  'not-http': ['answer-invalid', (who, where) => `What answers at ${where} is not ${who}; check address and port.`],
  'not-tls': [
    'cluster-unreachable',
    (who, where) => `What answers at ${where} does not speak TLS as ${who} does; check address, port and https://.`,
  ],
  untrusted: [
    'cluster-untrusted',
    (who, where, detail) =>
      `The certificate of ${who} at ${where} is not trusted because ${detail}; check server and certificate-authority of the cluster in the kubeconfig.`,
  ],
  'certificate-refused': [
    'credential-refused',
    (who, where) => `${capital(who)} at ${where} asks for a client certificate that it accepts; get a kubeconfig with a valid one.`,
  ],
  proxy: [
    'cluster-unreachable',
    (who, where, detail) => `On the way to ${who} at ${where}, the proxy ${detail}; check proxy-url, HTTPS_PROXY and NO_PROXY.`,
  ],
  'not-allowed': [
    'cluster-untrusted',
    (who, where, detail) =>
      `${capital(who)} at ${where} is not contacted because ${detail}; correct the address, or ask whoever runs Gatehouse to allow it.`,
  ],
  cancelled: ['cancelled', (who) => `The request to ${who} was cancelled.`],
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The one sentence for a fault. `who` names the server in a sentence (`the API server`), `where` is its address. */
export const failureOf = (fault: Fault, who: string, where: string): { readonly ok: false; readonly failure: Failure } => {
  const [code, say] = sentences[fault.kind];
  return failed(code, say(who, where, fault.detail));
};
