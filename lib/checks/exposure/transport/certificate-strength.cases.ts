import type { PeerCertificate } from '../../../core/probing/index.ts';
import type { ProbeCase } from '../probe.ts';
import { issued, sent } from './certificates.ts';

const of = (more: Partial<PeerCertificate>): Pick<ProbeCase, 'greeting' | 'answers'> => ({ greeting: sent(issued(more)), answers: {} });

export const cases: readonly ProbeCase[] = [
  { name: 'RSA of 1024 bits', ...of({ keyBits: 1024 }), expect: 'fail', severity: 'medium', says: '2048' },
  {
    name: 'an address in its name',
    ...of({ keyBits: 1024, subject: 'CN=shop, emailAddress=jane.doe@example.com' }),
    expect: 'fail',
    says: '…@example.com',
    hides: 'jane.doe',
  },
  {
    name: 'a server of old versions only',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'alert', chain: [] } },
    answers: { 'TLS handshake TLSv1 to TLSv1.1': sent(issued({ keyBits: 1024 })).tls },
    expect: 'fail',
  },
  { name: 'RSA of 512 bits', ...of({ keyBits: 512 }), expect: 'fail', severity: 'high' },
  { name: 'a small curve', ...of({ keyType: 'ec', keyBits: 192 }), expect: 'fail', severity: 'medium' },
  { name: 'SHA-1', ...of({ signature: 'sha1WithRSAEncryption' }), expect: 'fail', severity: 'medium' },
  { name: 'SHA-1 with ECDSA', ...of({ signature: 'ecdsa-with-SHA1' }), expect: 'fail', severity: 'medium' },
  { name: 'MD5', ...of({ signature: 'md5WithRSAEncryption' }), expect: 'fail', severity: 'high' },
  { name: 'its own authority', ...of({ isAuthority: true, isSelfSigned: true }), expect: 'fail', severity: 'low' },
  { name: 'SHA-1 by itself', ...of({ isSelfSigned: true, signature: 'sha1WithRSAEncryption' }), expect: 'pass' },
  { name: 'as kubeadm leaves it', ...of({}), expect: 'pass' },
  { name: 'ECDSA over P-256', ...of({ keyType: 'ec', keyBits: 256, signature: 'ecdsa-with-SHA256' }), expect: 'pass' },
  { name: 'Ed25519', ...of({ keyType: 'ed25519', signature: 'ED25519' }), expect: 'pass' },
  { name: 'RSA-PSS', ...of({ keyType: 'rsa-pss', signature: 'rsassaPss' }), expect: 'pass' },
  { name: 'sent none', greeting: sent(), answers: {}, expect: 'unknown' },
];
