/** What a server of SSH says it can, before any key is exchanged. */
export interface SshOffer {
  readonly software: string;
  readonly keyExchanges: readonly string[];
  readonly hostKeys: readonly string[];
  /** Both ways together. */
  readonly ciphers: readonly string[];
  readonly macs: readonly string[];
}

/** The line with which a server introduces itself: `SSH-2.0-OpenSSH_9.2p1`. */
export const sshIntroduction = (text: string): string | undefined => /^SSH-[12]\.\d+-[\x21-\x7e ]{1,200}/m.exec(text)?.[0].trimEnd();

const numberAt = (text: string, at: number): number => [0, 1, 2, 3].reduce((sum, one) => sum * 256 + (text.charCodeAt(at + one) || 0), 0);

/** Lists of names, each with its length in front (RFC 4251, section 5). */
const nameLists = (text: string, count: number): readonly (readonly string[])[] => {
  const lists: (readonly string[])[] = [];
  for (let at = 0; lists.length < count && at + 4 <= text.length; ) {
    const length = numberAt(text, at);
    if (at + 4 + length > text.length) break;
    lists.push(text.slice(at + 4, at + 4 + length).split(','));
    at += 4 + length;
  }
  return lists;
};

/** Reads introduction and SSH_MSG_KEXINIT (RFC 4253, section 7.1); undefined where they are not whole. */
export const sshOffer = (text: string): SshOffer | undefined => {
  const software = sshIntroduction(text);
  if (software === undefined) return undefined;
  const packet = text.slice(text.indexOf('\n', text.indexOf(software)) + 1);
  const kexInit = 20;
  // length, padding, kind, sixteen random bytes
  if (packet.charCodeAt(5) !== kexInit) return undefined;
  const [keyExchanges, hostKeys, there, back, macsThere, macsBack] = nameLists(packet.slice(22), 6);
  if (!keyExchanges || !hostKeys || !there || !back || !macsThere || !macsBack) return undefined;
  return { software, keyExchanges, hostKeys, ciphers: [...new Set([...there, ...back])], macs: [...new Set([...macsThere, ...macsBack])] };
};

/** Broken: somebody with means reads along or takes part. */
const broken =
  /^(diffie-hellman-group1-sha1|gss-group1-sha1-.*|rsa1024-sha1|ssh-dss(-.*)?|none|des-cbc(@.*)?|3des-.*|arcfour.*|rc4.*|blowfish-.*|cast128-.*|idea-.*|hmac-md5.*|hmac-ripemd160.*)$/;
/** Dated: no known attack pays off today, and nothing needs it any more. */
const dated =
  /^(diffie-hellman-group(14|-exchange)-sha1|gss-(group14|gex)-sha1-.*|ssh-rsa(-cert-v01@openssh\.com)?|[\w-]+-cbc(@.*)?|hmac-sha1-96.*)$/;

const named = ({ keyExchanges, hostKeys, ciphers, macs }: SshOffer): readonly string[] => [
  ...keyExchanges,
  ...hostKeys,
  ...ciphers,
  ...macs,
];

export const brokenIn = (offer: SshOffer): readonly string[] => named(offer).filter((name) => broken.test(name));
export const datedIn = (offer: SshOffer): readonly string[] => named(offer).filter((name) => !broken.test(name) && dated.test(name));

/** CVE-2023-48795 (Terrapin): these modes let somebody between drop the first packets unless the server counts them strictly. */
export const isOpenToTerrapin = ({ keyExchanges, ciphers, macs }: SshOffer): boolean =>
  !keyExchanges.includes('kex-strict-s-v00@openssh.com') &&
  (ciphers.includes('chacha20-poly1305@openssh.com') ||
    (ciphers.some((name) => /-cbc(@|$)/.test(name)) && macs.some((name) => name.includes('-etm@'))));
