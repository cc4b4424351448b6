import tls from 'node:tls';
import type { TlsFact } from '../../core/facts/index.ts';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { TlsProbe } from '../../ports/cluster-access.ts';
import { certificateFact } from './certificate-fact.ts';
import { type Fault, failureOf, faultOf } from './fault.ts';
import { limiter } from './limit.ts';

export interface TlsProbeOptions {
  /** PEM of the cluster's authority, only to tell which certificates are its own. */
  readonly clusterAuthority?: string | undefined;
  /** Milliseconds for one handshake; default 3 000. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

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

type Handshake =
  | { readonly accepted: boolean; readonly certificate: import('node:crypto').X509Certificate | undefined }
  | { readonly fault: Fault };

/** TlsProbe with this machine's OpenSSL. Suites it was built without (RC4, 3DES) cannot be offered and are left out of `suitesOffered`. No credential is sent. */
export const createTlsProbe = (options: TlsProbeOptions = {}): TlsProbe => ({
  probe: async ({ host, port }, suites): Promise<Result<TlsFact>> => {
    const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const greeting = await handshake(host, port, {}, options);
    if ('fault' in greeting) return failureOf(greeting.fault, 'the TLS server', where);
    if (!greeting.accepted) return failed('answer-invalid', `The TLS server at ${where} accepts no cipher suite that this machine offers.`);
    const mine = new Set(tls.getCiphers());
    const inTurn = limiter(4);
    const seen = await Promise.all(
      suites.map(async (suite) => {
        const cipher = opensslName(suite);
        if (cipher === undefined || !mine.has(cipher.toLowerCase())) return { suite, offered: false, accepted: false };
        // Level 0 lets OpenSSL offer what it would call too weak by default.
        const only = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: `${cipher}:@SECLEVEL=0` } as const;
        const outcome = await inTurn(() => handshake(host, port, only, options));
        return 'fault' in outcome ? { suite, offered: false, accepted: false } : { suite, offered: true, accepted: outcome.accepted };
      }),
    );
    return succeed({
      endpoint: where,
      ...(greeting.certificate && { certificate: certificateFact(greeting.certificate, options.clusterAuthority) }),
      weakSuitesAccepted: seen.filter(({ accepted }) => accepted).map(({ suite }) => suite),
      suitesOffered: seen.filter(({ offered }) => offered).map(({ suite }) => suite),
    });
  },
});

/** One TLS handshake. A server that turns the offer down has answered, too; everything else is a fault. */
const handshake = (host: string, port: number, offer: tls.SecureContextOptions, options: TlsProbeOptions): Promise<Handshake> =>
  new Promise((resolve) => {
    const { signal, timeoutMs = 3_000 } = options;
    if (signal?.aborted) return resolve({ fault: { kind: 'cancelled', detail: '' } });
    const socket = tls.connect({ host, port, rejectUnauthorized: false, ...offer });
    const finish = (outcome: Handshake): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(outcome);
    };
    const onAbort = (): void => finish({ fault: { kind: 'cancelled', detail: '' } });
    const timer = setTimeout(() => finish({ fault: { kind: 'slow', detail: ` (${timeoutMs / 1_000} s)` } }), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once('secureConnect', () => finish({ accepted: true, certificate: socket.getPeerX509Certificate() }));
    socket.on('error', (error) => finish(isTurnedDown(error) ? { accepted: false, certificate: undefined } : { fault: faultOf(error) }));
  });

/** Whether the server said no to suite or version by a TLS alert. */
const isTurnedDown = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && /ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION|INSUFFICIENT_SECURITY)$/.test(error.code);
