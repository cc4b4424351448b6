import { createPrivateKey, X509Certificate } from 'node:crypto';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { ClientCertificate } from '../connection.ts';
import { readText } from './read-file.ts';

/** Where a PEM text is: inline in base64, which wins, or in a file. */
export interface PemPlace {
  readonly data?: string | null | undefined;
  readonly file?: string | null | undefined;
  /** The field of the kubeconfig, e.g. `certificate-authority`. */
  readonly field: string;
  /** Whose it is, e.g. `cluster prod`. */
  readonly of: string;
}

/** Reads a PEM text; `undefined` when neither data nor file is given. */
export const readPem = async ({ data, file, field, of }: PemPlace): Promise<Result<string | undefined>> => {
  if (data) {
    const decoded = Buffer.from(data, 'base64').toString('utf8');
    if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data))
      return failed('kubeconfig-invalid', `${field}-data of ${of} is not base64; copy it again.`);
    return decoded.includes('-----BEGIN ') ? succeed(decoded) : notPem(`${field}-data of ${of}`);
  }
  if (!file) return succeed(undefined);
  const text = await readText(file, `The ${field} of ${of}`);
  if (!text.ok) return text;
  return text.value.includes('-----BEGIN ') ? text : notPem(`The ${field} ${file} of ${of}`);
};

const notPem = (what: string) => failed('kubeconfig-invalid', `${what} holds no PEM text (-----BEGIN …); copy it again.`);

/** The certificates in a PEM text, or `undefined` when one of them is broken. */
export const readCertificates = (pem: string): readonly X509Certificate[] | undefined => {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
};

/** Checks that a text holds certificates to trust. */
export const checkAuthority = (pem: string, of: string): Result<string> => {
  const certificates = readCertificates(pem);
  return certificates === undefined || certificates.length === 0
    ? failed('kubeconfig-invalid', `The certificate-authority of ${of} holds no certificate that can be read; copy it again.`)
    : succeed(pem);
};

/** Checks, before anything is sent, that certificate and key can be read, belong together and are still valid. */
export const checkClientCertificate = (cert: string, key: string, of: string, now: number): Result<ClientCertificate> => {
  const certificate = readCertificates(cert)?.[0];
  if (certificate === undefined) return failed('kubeconfig-invalid', `The client-certificate of ${of} cannot be read; copy it again.`);
  const privateKey = readKey(key);
  if (privateKey === 'encrypted')
    return failed(
      'kubeconfig-invalid',
      `The client-key of ${of} is encrypted with a password, which kubectl cannot use either; store it decrypted.`,
    );
  if (privateKey === undefined) return failed('kubeconfig-invalid', `The client-key of ${of} cannot be read; copy it again.`);
  if (!certificate.checkPrivateKey(privateKey))
    return failed('kubeconfig-invalid', `client-certificate and client-key of ${of} do not belong together; copy both again.`);
  const expired = Date.parse(certificate.validTo);
  if (expired < now) {
    return failed(
      'credential-refused',
      `The client certificate of ${of} expired on ${new Date(expired).toISOString()}; renew it (on kubeadm: kubeadm certs renew) and copy the new kubeconfig.`,
    );
  }
  return succeed({ cert, key });
};

const readKey = (pem: string) => {
  if (pem.includes('ENCRYPTED')) return 'encrypted';
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
};
