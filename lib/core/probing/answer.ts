/** What came back. Bodies and bytes exist in memory only, for the probe to judge; what is stored is what the probe says of them. */
export type ProbeAnswer = HttpAnswer | TlsAnswer | HelloAnswer | BytesAnswer | NoAnswer;

export interface HttpAnswer {
  readonly is: 'http';
  readonly status: number;
  /** Lower-case names. Redirects are never followed; `location` is among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first bytes of the body, decompressed, as UTF-8. */
  readonly body: string;
  /** Whether the body went on. */
  readonly isCut: boolean;
}

export interface PeerCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly isSelfSigned: boolean;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** As Node writes them: `DNS:a.example`, `IP Address:10.0.0.1`. */
  readonly names: readonly string[];
  readonly keyType: string;
  /** Bits of an RSA key or of an elliptic curve. */
  readonly keyBits?: number;
  /** Name of the signature algorithm, e.g. `sha256WithRSAEncryption`. */
  readonly signature?: string;
  readonly isAuthority: boolean;
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string;
  /** E-mail addresses found anywhere in the certificate. */
  readonly emails: readonly string[];
}

export interface TlsAnswer {
  readonly is: 'tls';
  /** False when the server turned the offer down by an alert or by hanging up. */
  readonly accepted: boolean;
  /** `not-offered`: this machine's TLS library could not offer it, so nobody asked. */
  readonly refusal?: 'alert' | 'hang-up' | 'not-offered' | 'client-certificate';
  readonly version?: string;
  /** Standard (IANA) name of the suite. */
  readonly cipher?: string;
  /** The chain as sent, leaf first. */
  readonly chain: readonly PeerCertificate[];
}

export interface HelloAnswer {
  readonly is: 'hello';
  readonly accepted: boolean;
  readonly version?: string;
  /** IANA number of the suite the server chose. */
  readonly suite?: number;
  /** Elliptic curve of the key exchange by IANA number, or bits of the Diffie-Hellman prime. */
  readonly curve?: number;
  readonly primeBits?: number;
  /** Whether the server asked for a client certificate, and the distinguished names of the authorities it would accept. */
  readonly asksForCertificate?: boolean;
  readonly authorities?: readonly string[];
  /** Description number of the alert that turned it down. */
  readonly alert?: number;
}

/** What TCP or UDP brought. */
export interface BytesAnswer {
  readonly is: 'bytes';
  /** Hex. */
  readonly bytes: string;
  /** The same as Latin-1 text. */
  readonly text: string;
}

export interface NoAnswer {
  readonly is: 'none';
  /**
   * `closed` and `filtered` as of a knock · `timed-out`: connected, but nothing (or not enough) came in time · `hung-up`: the connection ended without an answer ·
   * `malformed`: what came is not of the protocol · `hostile`: more than any honest server sends (endless headers, a decompression bomb) · `forbidden`: not on the allow-list ·
   * `local-fault`: this machine could not, `detail` is the code of the fault (`EMFILE`) · `cancelled`: stopped, or its time was over.
   */
  readonly why: 'closed' | 'filtered' | 'timed-out' | 'hung-up' | 'malformed' | 'hostile' | 'forbidden' | 'local-fault' | 'cancelled';
  readonly detail: string;
}

/** Whether a request never had its chance: nobody looked, so nothing may be concluded from the silence. */
export const isLost = (answer: ProbeAnswer): boolean =>
  answer.is === 'none' && (answer.why === 'cancelled' || answer.why === 'local-fault');

/** An answer in a few words, for the annex and for evidence. Never anything of a body. */
export const answerText = (answer: ProbeAnswer): string => {
  switch (answer.is) {
    case 'http':
      return String(answer.status);
    case 'tls':
      return answer.accepted
        ? `accepted, ${[answer.version, answer.cipher].filter(Boolean).join(' ')}`
        : `turned down (${answer.refusal ?? 'alert'})`;
    case 'hello':
      return answer.accepted ? `accepted 0x${(answer.suite ?? 0).toString(16).padStart(4, '0')}` : 'turned down';
    case 'bytes':
      return `${answer.bytes.length / 2} bytes`;
    case 'none':
      return answer.why === 'local-fault' ? `${answer.why} ${answer.detail}` : answer.why;
  }
};
