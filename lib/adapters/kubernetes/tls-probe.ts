import type { X509Certificate } from 'node:crypto';
import type http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import type { TlsFact } from '../../core/facts/index.ts';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { TlsProbe } from '../../ports/cluster-access.ts';
import type { AddressGuard } from '../network/address-guard.ts';
import { guardAgent } from '../network/guarded-agent.ts';
import { certificateFact } from './certificate-fact.ts';
import { type Fault, failureOf, faultOf } from './fault.ts';
import { limiter } from './limit.ts';
import type { ProxyRoutes } from './proxy.ts';

export interface TlsProbeOptions {
  /** PEM of the cluster's authority, only to tell which certificates are its own. */
  readonly clusterAuthority?: string | undefined;
  readonly routes?: ProxyRoutes | undefined;
  /** Milliseconds for one handshake; default 3 000. */
  readonly timeoutMs?: number | undefined;
  /** Where connections may go; anywhere without one. */
  readonly guard?: AddressGuard | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Handshake = { readonly accepted: boolean; readonly certificate?: X509Certificate | undefined } | { readonly fault: Fault };

/** OpenSSL's name of a TLS 1.2 cipher suite known by its IANA name: `TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA` is `ECDHE-RSA-AES128-SHA`. */
export const opensslName = (suite: string): string | undefined => {
  const match = /^TLS_(\w+?)_WITH_(\w+)$/.exec(suite);
  if (!match) return undefined;
  const [, exchange = '', cipher = ''] = match;
  const spelled = cipher
    .replace(/^(AES|ARIA|CAMELLIA)_(\d+)/, '$1$2')
    .replace('3DES_EDE_CBC', 'DES-CBC3')
    .replace('RC4_128', 'RC4')
    .replace('_CBC', '')
    .replace(/^CHACHA20_POLY1305_SHA256$/, 'CHACHA20-POLY1305')
    .replaceAll('_', '-');
  return exchange === 'RSA' ? spelled : `${exchange.replaceAll('_', '-')}-${spelled}`;
};

/**
 * TlsProbe with this machine's OpenSSL: one TLS 1.2 handshake per suite. Suites it was built without (RC4, 3DES) and handshakes that broke off for other
 * reasons are left out of `suitesOffered`. Nothing is sent after the handshake, no credential in it, and who the server is does not matter.
 */
export const createTlsProbe = (options: TlsProbeOptions = {}): TlsProbe => ({
  probe: async ({ host, port }, suites): Promise<Result<TlsFact>> => {
    const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const route = await options.routes?.to(new URL(`https://${where}`));
    const shake = (offer: tls.SecureContextOptions) =>
      handshake({ host, port, agent: route?.agent ?? straight(options.guard), ...offer }, options);
    const greeting = await shake({});
    if ('fault' in greeting) return failureOf(greeting.fault, 'the TLS server', where);
    const inTurn = limiter(4);
    const seen = await Promise.all(
      suites.filter(isOffered).map(async (suite) => {
        // Level 0 lets OpenSSL offer what it would call too weak by default.
        const only = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: `${opensslName(suite)}:@SECLEVEL=0` } as const;
        return { suite, outcome: await inTurn(() => shake(only)) };
      }),
    );
    const answered = seen.flatMap(({ suite, outcome }) => ('fault' in outcome ? [] : [{ suite, accepted: outcome.accepted }]));
    if (seen.length > 0 && answered.length === 0)
      return failed('cluster-unreachable', `The TLS server at ${where} answered none of the handshakes; try again later.`);
    return succeed({
      endpoint: where,
      ...(greeting.certificate && { certificate: certificateFact(greeting.certificate, options.clusterAuthority) }),
      weakSuitesAccepted: answered.filter(({ accepted }) => accepted).map(({ suite }) => suite),
      suitesOffered: answered.map(({ suite }) => suite),
    });
  },
});

/** No agent, or one that is guarded. Like none, it keeps neither connections nor sessions: every handshake is a whole one. */
const straight = (guard: AddressGuard | undefined): https.Agent | false =>
  guard ? guardAgent(new https.Agent({ keepAlive: false, maxCachedSessions: 0 }), guard) : false;

/** Whether this machine's OpenSSL has a suite. */
const isOffered = (suite: string): boolean => tls.getCiphers().includes(opensslName(suite)?.toLowerCase() ?? '');

/** One TLS handshake. A server that turns the offer down has answered, too; everything else is a fault. */
const handshake = (
  to: https.RequestOptions & { readonly agent: http.Agent | false },
  { signal, timeoutMs = 3_000 }: TlsProbeOptions,
): Promise<Handshake> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve({ fault: { kind: 'cancelled', detail: '' } });
    // A request that is never ended sends nothing, but finds its way through a proxy as every other request does.
    const request = https.request({ ...to, rejectUnauthorized: false });
    const finish = (outcome: Handshake): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
      request.destroy();
    };
    const onAbort = (): void => finish({ fault: { kind: 'cancelled', detail: '' } });
    const timer = setTimeout(() => finish({ fault: { kind: 'slow', detail: ` (${timeoutMs / 1_000} s)` } }), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    request.once('socket', (socket) => {
      if (!(socket instanceof tls.TLSSocket)) return finish({ fault: { kind: 'proxy', detail: 'refused to pass the connection on' } });
      socket.once('secureConnect', () => finish({ accepted: true, certificate: socket.getPeerX509Certificate() }));
    });
    request.on('error', (error) => finish(isTurnedDown(error) ? { accepted: false } : { fault: faultOf(error) }));
  });

/** Whether the server said no to suite or version by a TLS alert. */
const isTurnedDown = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && /ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION|INSUFFICIENT_SECURITY)$/.test(error.code);
