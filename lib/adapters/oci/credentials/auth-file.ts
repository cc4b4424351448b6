import { z } from 'zod';
import { parseJson } from '../manifest.ts';

/** What may be shown to a registry or its token service. Never leaves this folder. */
export interface RegistryCredential {
  readonly username: string;
  readonly password: string;
  /** A refresh token of the registry's own sign-in (`identitytoken`), used in place of the password. */
  readonly identityToken?: string;
  /** A finished bearer token (`registrytoken`). */
  readonly registryToken?: string;
}

/** One line of an auth file: for what, and what. */
export interface AuthEntry {
  /** As the file spells it: `registry.example/team`, `*.registry.example`, `https://index.docker.io/v1/`. */
  readonly key: string;
  readonly credential: RegistryCredential;
}

export interface AuthTexts {
  readonly entries: readonly AuthEntry[];
  /** Hosts for which a credential helper is named; `undefined` among them stands for `credsStore`, which is for all. */
  readonly helpers: readonly (string | undefined)[];
  /** How many texts could not be read. */
  readonly unreadable: number;
}

const Text = z
  .string()
  .max(64 * 1024)
  .nullish();
const Auth = z.object({ auth: Text, username: Text, password: Text, identitytoken: Text, registrytoken: Text });
const Auths = z.record(z.string(), z.unknown());
const DockerConfig = z.object({
  auths: Auths.nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
  credsStore: z.string().nullish(),
});

/** Reads `.dockerconfigjson` and the older `.dockercfg`, which is the inner part of it alone. Texts and entries that make no sense are passed over and counted. */
export const readAuthTexts = (texts: readonly string[]): AuthTexts => {
  const entries: AuthEntry[] = [];
  const helpers: (string | undefined)[] = [];
  let unreadable = 0;
  for (const text of texts) {
    const config = DockerConfig.safeParse(parseJson(new TextEncoder().encode(text)));
    if (!config.success) {
      unreadable += 1;
      continue;
    }
    const { auths, credHelpers, credsStore } = config.data;
    const isNew = auths !== undefined || credHelpers !== undefined || credsStore !== undefined;
    const found = isNew ? (auths ?? {}) : (Auths.safeParse(JSON.parse(text)).data ?? {});
    for (const [key, value] of Object.entries(found)) {
      const credential = credentialOf(value);
      if (credential) entries.push({ key, credential });
    }
    helpers.push(...Object.keys(credHelpers ?? {}), ...(credsStore ? [undefined] : []));
  }
  return { entries, helpers, unreadable };
};

const credentialOf = (value: unknown): RegistryCredential | undefined => {
  const parsed = Auth.safeParse(value);
  if (!parsed.success) return undefined;
  const { auth, identitytoken, registrytoken } = parsed.data;
  const decoded = auth ? Buffer.from(auth, 'base64').toString('utf8').replaceAll('\0', '').trim() : '';
  const colon = decoded.indexOf(':');
  const username = parsed.data.username || (colon < 0 ? '' : decoded.slice(0, colon));
  const password = parsed.data.password || (colon < 0 ? '' : decoded.slice(colon + 1));
  const tokens = {
    ...(identitytoken && { identityToken: identitytoken }),
    ...(registrytoken && isHeaderSafe(registrytoken) && { registryToken: registrytoken }),
  };
  if (username === '' && password === '' && Object.keys(tokens).length === 0) return undefined;
  return { username, password, ...tokens };
};

/** Whether a token can stand in a header. */
export const isHeaderSafe = (token: string): boolean => token.length > 0 && token.length <= 64 * 1024 && /^[\x21-\x7e]+$/.test(token);
