import { generate } from 'selfsigned';

/** A certificate and its key, PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

export interface Wanted {
  readonly name: string;
  /** DNS names and IP addresses; `localhost` and the loopback addresses unless given. */
  readonly hosts?: readonly string[];
  /** Who signs; itself when left out. */
  readonly by?: Pair;
  readonly isAuthority?: boolean;
  /** ISO 8601; a year from now when left out. */
  readonly until?: string;
  readonly keyType?: 'rsa' | 'ec';
}

const loopback = ['localhost', '127.0.0.1', '::1'];
const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host);

/** Makes a certificate for a test. */
export const makeCertificate = async ({
  name,
  hosts = loopback,
  by,
  isAuthority = false,
  until,
  keyType = 'ec',
}: Wanted): Promise<Pair> => {
  const day = 86_400_000;
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 3_000 * day),
    notAfterDate: until === undefined ? new Date(Date.now() + 365 * day) : new Date(until),
    ...(by && { ca: by }),
    extensions: isAuthority
      ? [
          { name: 'basicConstraints', cA: true, critical: true },
          { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
        ]
      : [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
          { name: 'subjectAltName', altNames: hosts.map((host) => (isAddress(host) ? { type: 7, ip: host } : { type: 2, value: host })) },
        ],
  });
  return { cert: `${made.cert.trim()}\n`, key: made.private };
};

/** What a small cluster has: an authority, a serving certificate for loopback, and a client certificate. */
export interface Pki {
  readonly authority: Pair;
  readonly server: Pair;
  readonly client: Pair;
}

export const makePki = async (): Promise<Pki> => {
  const authority = await makeCertificate({ name: 'kubernetes', isAuthority: true });
  const [server, client] = await Promise.all([
    makeCertificate({ name: 'kube-apiserver', by: authority }),
    makeCertificate({ name: 'kubernetes-admin', by: authority }),
  ]);
  return { authority, server, client };
};
