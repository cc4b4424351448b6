import { z } from 'zod';
import { type Failure, type FailureCode, failed } from '../../../core/failure.ts';
import { redact } from '../../../core/redact.ts';
import type { Fault, FaultKind } from '../../kubernetes/fault.ts';
import { parseJson } from '../manifest.ts';

export type Failed = { readonly ok: false; readonly failure: Failure };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sentences: Readonly<Record<FaultKind, readonly [FailureCode, (who: string, detail: string) => string]>> = {
  dns: [
    'cluster-unreachable',
    (who) =>
      `The name of ${who} cannot be resolved; check the name of the image, the DNS server, and whether a mirror or a proxy is needed.`,
  ],
  refused: ['cluster-unreachable', (who) => `${capital(who)} refused the connection; check its address and port, and that it runs.`],
  unreachable: [
    'cluster-unreachable',
    (who) => `There is no route to ${who}; check the address, the VPN and firewalls, and whether a mirror or a proxy is needed.`,
  ],
  slow: ['timed-out', (who, detail) => `${capital(who)} did not answer in time${detail}; check firewalls and proxies, or try again later.`],
  cut: ['cluster-unreachable', (who) => `The connection to ${who} broke off; try again, and check load balancers and proxies on the way.`],
  'cut-short': ['answer-invalid', (who) => `An answer of ${who} was cut short; try again, and check proxies on the way.`],
  'too-large': ['answer-invalid', (who, detail) => `An answer of ${who} is larger than ${detail}, so it was not read.`],
  'not-http': ['answer-invalid', (who) => `What answers as ${who} does not speak HTTP; check address and port.`],
  'not-tls': [
    'cluster-unreachable',
    (who) => `${capital(who)} does not speak TLS; if it is a registry of plain HTTP, name it among the insecure registries.`,
  ],
  untrusted: [
    'cluster-untrusted',
    (who, detail) => `The certificate of ${who} is not trusted because ${detail}; give the authority that signed it as a PEM file.`,
  ],
  'certificate-refused': [
    'credential-refused',
    (who) => `${capital(who)} asks for a client certificate, which Gatehouse does not have; use a mirror without.`,
  ],
  proxy: ['cluster-unreachable', (who, detail) => `On the way to ${who}, the proxy ${detail}; check HTTPS_PROXY and NO_PROXY.`],
  'not-allowed': [
    'cluster-untrusted',
    (who, detail) => `${capital(who)} is not contacted because ${detail}; correct the address, or ask whoever runs Gatehouse to allow it.`,
  ],
  cancelled: ['cancelled', (who) => `The request to ${who} was cancelled.`],
};

/** The sentence for a request without a usable answer. `who` is `the registry docker.io`. */
export const faultFailure = (fault: Fault, who: string): Failed => {
  const [code, say] = sentences[fault.kind];
  return failed(code, say(who, fault.detail));
};

const Errors = z.object({
  errors: z.array(z.object({ code: z.string().nullish(), message: z.string().nullish() })).nullish(),
  message: z.string().nullish(),
});

/** What was asked for, for sentences. */
export interface Asked {
  /** `docker.io` */
  readonly host: string;
  /** `manifest` leads to sentences about the image, `blob` about a part of it. */
  readonly kind: 'manifest' | 'blob';
  /** `docker.io/library/nginx:1.27`, `layer sha256:… of …` */
  readonly what: string;
  readonly isSignedIn: boolean;
  /** Added where signing in failed: `Its auth file names a credential helper …`. */
  readonly hint: string;
}

/** The failure that an HTTP status other than 2xx stands for. */
export const refusalOf = (status: number, body: Uint8Array, asked: Asked): Failed => {
  const { host, what, kind, isSignedIn, hint } = asked;
  const said = Errors.safeParse(parseJson(body)).data;
  const code = said?.errors?.[0]?.code ?? '';
  const message = quote(said?.errors?.[0]?.message ?? said?.message ?? code);
  if (status === 401) {
    return isSignedIn
      ? failed(
          'credential-refused',
          `The registry ${host} refused the credential it was given for ${what}; renew the pull secret or the auth file.${hint}`,
        )
      : failed(
          'credential-refused',
          `The registry ${host} gives ${what} to nobody who has not signed in, or does not have it; add a pull secret or an auth file for it.${hint}`,
        );
  }
  if (status === 403)
    return failed(
      'permission-missing',
      `The registry ${host} does not let ${isSignedIn ? 'this user' : 'everybody'} read ${what}${message}; ask for the right to pull it.${hint}`,
    );
  if (status === 404) return failed('not-found', `The registry ${host} does not have ${what}${kind === 'manifest' ? absent(code) : ''}.`);
  if (status === 429)
    return failed(
      'cluster-overloaded',
      `The registry ${host} limits how much may be asked (429)${message}; sign in, use a mirror, or try again later.`,
    );
  if (status >= 500)
    return failed('cluster-overloaded', `The registry ${host} failed (${status})${message}; look at its health and try again.`);
  return failed('answer-invalid', `The registry ${host} answered ${status} for ${what}${message}; check that it is a registry.`);
};

const absent = (code: string): string =>
  code === 'NAME_UNKNOWN' ? ': it knows no such repository; check the name' : '; check tag or digest, and whether it was deleted since';

/** A server's sentence, safe to repeat: on one line, short, nothing that looks secret. */
const quote = (message: string): string => {
  const line = redact(message.replace(/[\p{C}\s]+/gu, ' ').trim()).replace(/\.$/, '');
  return line === '' ? '' : `: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
};
