import { describe, expect, it } from 'vitest';
import { failureOf, faultOf } from './fault.ts';

const thrown = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('faultOf', () => {
  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'slow'],
    ['ECONNRESET', 'cut'],
    ['EPIPE', 'cut'],
    ['EPROTO', 'not-tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'not-tls'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'not-tls'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate-refused'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'certificate-refused'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'certificate-refused'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'certificate-refused'],
    ['HPE_INVALID_CONSTANT', 'not-http'],
    ['Z_BUF_ERROR', 'cut-short'],
    ['CERT_HAS_EXPIRED', 'untrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
    ['SOMETHING_NEW', 'cut'],
  ])('takes %s for "%s"', (code, kind) => expect(faultOf(thrown(code)).kind).toBe(kind));

  it('looks into what several addresses answered', () => {
    expect(faultOf(new AggregateError([thrown('ECONNREFUSED'), thrown('ETIMEDOUT')])).kind).toBe('refused');
  });

  it.each([
    [
      "Hostname/IP does not match certificate's altnames: Host: a. is not in the cert's altnames: DNS:b, IP Address:10.0.0.1",
      'b, 10.0.0.1',
    ],
    ["Hostname/IP does not match certificate's altnames: IP: 10.0.0.2 is not in the cert's list: 10.0.0.1", '10.0.0.1'],
    ["Hostname/IP does not match certificate's altnames: Host: a. is not cert's CN: b", 'b'],
    ["Hostname/IP does not match certificate's altnames: Cert does not contain a DNS name", 'it names none'],
  ])('tells the names in: %s', (message, names) => {
    expect(faultOf(thrown('ERR_TLS_CERT_ALTNAME_INVALID', message))).toEqual({
      kind: 'untrusted',
      detail: `it is for other names (${names})`,
    });
  });
});

it('says every fault in one sentence that ends with a full stop and names the server', () => {
  const kinds = [
    'dns',
    'refused',
    'unreachable',
    'slow',
    'cut',
    'cut-short',
    'too-large',
    'not-http',
    'not-tls',
    'untrusted',
    'certificate-refused',
    'proxy',
    'not-allowed',
  ] as const;
  for (const kind of kinds) {
    const { say } = failureOf({ kind, detail: 'it is so' }, 'the API server', 'https://10.0.0.1:6443').failure;
    expect(say).toMatch(/^[A-Z].*https:\/\/10\.0\.0\.1:6443.*\.$/);
    expect(say).toContain('the API server'.slice(1));
  }
});
