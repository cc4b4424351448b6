import { bytesAnswer } from '../add-ons/bytes-answer.ts';
import { none, type ProbeCase } from '../probe.ts';

const banner = 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n';
const greeting = { banner };
const hello = '19 bytes over TCP';
/** Length, padding, SSH_MSG_KEXINIT and a cookie. */
const head = `\u0000\u0000\u0001\u0000\u0004\u0014${'r'.repeat(16)}`;
const old =
  'arcfour,arcfour128,arcfour256,3des-cbc,3des-ctr,blowfish-cbc,blowfish-ctr,cast128-cbc,cast128-ctr,des-cbc,idea-cbc,none,rc4,arcfour512';

interface Names {
  readonly kex?: string;
  readonly ciphers?: string;
  readonly macs?: string;
}
const list = (names: string): string => `\u0000\u0000${String.fromCharCode(names.length >> 8, names.length & 255)}${names}`;
/** What a server says of itself, with sound names where none are given. */
const offer = ({
  kex = 'curve25519-sha256,kex-strict-s-v00@openssh.com',
  ciphers = 'chacha20-poly1305@openssh.com,aes256-gcm@openssh.com',
  macs = 'hmac-sha2-256-etm@openssh.com,umac-128@openssh.com',
}: Names) =>
  bytesAnswer(
    `${banner}${head}${[kex, 'rsa-sha2-512,ssh-ed25519', ciphers, ciphers, macs, macs, 'none', 'none', '', ''].map(list).join('')}`,
  );

export const cases: readonly ProbeCase[] = [
  {
    name: 'broken ones',
    greeting,
    answers: { [hello]: offer({ kex: 'diffie-hellman-group1-sha1,curve25519-sha256' }) },
    expect: 'fail',
    severity: 'medium',
    says: 'group1-sha1',
  },
  { name: 'a long list', greeting, answers: { [hello]: offer({ ciphers: old }) }, expect: 'fail', says: '…' },
  {
    name: 'Terrapin',
    greeting,
    answers: { [hello]: offer({ kex: 'curve25519-sha256' }) },
    expect: 'fail',
    severity: 'medium',
    says: 'CVE-2023-48795',
  },
  {
    name: 'Terrapin by another mode',
    greeting,
    answers: { [hello]: offer({ kex: 'curve25519-sha256', ciphers: 'aes128-cbc', macs: 'hmac-sha2-256-etm@openssh.com' }) },
    expect: 'fail',
    says: 'CVE-2023-48795',
  },
  {
    name: 'dated ones',
    greeting,
    answers: { [hello]: offer({ macs: 'hmac-sha1-96,hmac-sha2-256' }) },
    expect: 'fail',
    severity: 'low',
    says: 'hmac-sha1-96',
  },
  { name: 'sound ones', greeting, answers: { [hello]: offer({}) }, expect: 'pass' },
  { name: 'a greeting and no more', greeting, answers: { [hello]: bytesAnswer(banner) }, expect: 'unknown' },
  {
    name: 'a greeting and something else',
    greeting,
    answers: { [hello]: bytesAnswer(`${banner}Too many connections, come again`) },
    expect: 'unknown',
  },
  {
    name: 'lists that are cut off',
    greeting,
    answers: { [hello]: bytesAnswer(`${banner}${head}\u0000\u0000\u0000\u0009ab`) },
    expect: 'unknown',
  },
  { name: 'silence', greeting, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
  { name: 'another greeting the second time', greeting, answers: { [hello]: bytesAnswer('Exceeded MaxStartups\r\n') }, expect: 'unknown' },
  { name: 'no SSH', greeting: { banner: '220 mail' }, answers: {}, expect: 'nothing' },
];
