import { type Failure, failed, type Result, succeed } from '../../../core/failure.ts';
import type { ImageRequest, ImageSource, OpenedImage } from '../../../ports/image-source.ts';
import { type RegistryCredential, readAuthTexts } from '../credentials/auth-file.ts';
import { credentialsFor, hasHelper } from '../credentials/match.ts';
import { digestOf, isDigest, isDigestOf } from '../digest.ts';
import { acceptedManifests, maxConfigBytes, maxManifestBytes } from '../manifest.ts';
import { fullName, type ImageReference, parseReference, shownReference } from '../reference.ts';
import { identityOf, type RawManifest, resolveImage } from '../resolve-image.ts';
import { type Endpoint, endpointsFor, type RegistryMirror } from './endpoints.ts';
import { openLayer } from './layer.ts';
import { createReach } from './reach.ts';
import { faultFailure } from './refusal.ts';
import { createSession, type Session, type SessionTools } from './session.ts';
import { createTokens } from './tokens.ts';
import { createWays, type WayOptions } from './ways.ts';
import { type Patience, readBody, usualPatience } from './wire.ts';

export interface RegistrySourceOptions extends WayOptions {
  /** Contents of auth files that the user supplies (`config.json` of Docker, `auth.json` of Podman), used after the pull secrets of a request. */
  readonly authFiles?: readonly string[] | undefined;
  readonly mirrors?: readonly RegistryMirror[] | undefined;
  /** Registries of plain HTTP, as `host` or `host:port`. Those of this machine need not be named. */
  readonly insecureRegistries?: readonly string[] | undefined;
  readonly patience?: Partial<Patience> | undefined;
  readonly userAgent?: string | undefined;
}

/** Images from registries. */
export interface RegistrySource extends ImageSource {
  /** Hangs up all connections. */
  close(): void;
}

/** Images from registries of OCI and Docker. Options that make no sense (a mirror's address, a certificate that is none) are a failure of every image. */
export const createRegistrySource = (options: RegistrySourceOptions = {}): RegistrySource => {
  const { authFiles = [], mirrors = [], insecureRegistries = [], userAgent = 'gatehouse' } = options;
  const patience = { ...usualPatience, ...options.patience };
  const ways = createWays(options);
  const tools: SessionTools = {
    ways,
    patience,
    userAgent,
    tokens: createTokens(ways, patience, userAgent),
    reach: createReach(ways, patience, userAgent),
  };
  return {
    open: async (request) => {
      const reference = parseReference(request.reference);
      if (!reference.ok) return reference;
      if (options.ca !== undefined && !/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(options.ca))
        return failed('input-invalid', 'The certificate authority for registries is not a PEM certificate.');
      const endpoints = endpointsFor(reference.value, mirrors, insecureRegistries);
      if (!endpoints.ok) return endpoints;
      return openFromAny(
        attemptsFor(endpoints.value, [...(request.credentials ?? []), ...authFiles], tools),
        reference.value,
        request,
        patience,
      );
    },
    close: ways.close,
  };
};

/** Sessions to try, address by address: every credential that fits, then nobody. */
const attemptsFor = (endpoints: readonly Endpoint[], texts: readonly string[], tools: SessionTools): readonly Session[] => {
  const auth = readAuthTexts(texts);
  return endpoints.flatMap((endpoint) => {
    const helper = hasHelper(auth.helpers, endpoint.host)
      ? ' A credential helper is named for it, which Gatehouse does not run; put the credential itself into an auth file.'
      : '';
    const unreadable = auth.unreadable > 0 ? ` Of the pull secrets and auth files, ${auth.unreadable} could not be read.` : '';
    const credentials: readonly (RegistryCredential | undefined)[] = [
      ...credentialsFor(auth.entries, endpoint.host, endpoint.repository),
      undefined,
    ];
    return credentials.map((credential) => createSession(endpoint, credential, `${helper}${unreadable}`, tools));
  });
};

/** What another credential may read. */
const maybeSecret: readonly Failure['code'][] = ['credential-refused', 'permission-missing', 'not-found'];

const openFromAny = async (
  sessions: readonly Session[],
  reference: ImageReference,
  request: ImageRequest,
  patience: Patience,
): Promise<Result<OpenedImage>> => {
  const failures = new Map<Endpoint, Failure[]>();
  for (const [at, session] of sessions.entries()) {
    const before = failures.get(session.endpoint) ?? [];
    if (before.some(({ code }) => !maybeSecret.includes(code))) continue;
    const opened = await openFrom(session, sessions.slice(at + 1), reference, request, patience);
    if (opened.ok || opened.failure.code === 'cancelled') return opened;
    failures.set(session.endpoint, [...before, opened.failure]);
  }
  return { ok: false, failure: tell(failures) };
};

/** One failure for all: the registry's own, in which the most is known, then what its mirrors said. */
const tell = (failures: ReadonlyMap<Endpoint, readonly Failure[]>): Failure => {
  const told = [...failures].map(([endpoint, all]) => ({
    endpoint,
    failure: all.find(({ code }) => code !== 'credential-refused') ?? all[0],
  }));
  const own = told.find(({ endpoint }) => !endpoint.isMirror)?.failure;
  if (!own) throw new Error('no endpoint was asked');
  const mirrors = told
    .filter(({ endpoint }) => endpoint.isMirror)
    .map(({ endpoint, failure }) => ` Its mirror ${endpoint.host} was asked before: ${failure?.say}`);
  return { ...own, say: `${own.say}${mirrors.join('')}` };
};

const openFrom = async (
  session: Session,
  others: readonly Session[],
  reference: ImageReference,
  { reference: name, platform, signal }: ImageRequest,
  patience: Patience,
): Promise<Result<OpenedImage>> => {
  const what = shownReference(reference);
  const fetch = async (part: string, kind: 'manifest' | 'blob', maxBytes: number): Promise<Result<Received>> => {
    const accept = kind === 'manifest' ? { accept: acceptedManifests } : {};
    const answer = await session.get({ path: `v2/${session.endpoint.repository}/${part}`, kind, what, signal, ...accept });
    if (!answer.ok) return answer;
    const body = await readBody(answer.value, maxBytes, patience.silenceMs);
    if (!body.ok)
      return faultFailure(signal.aborted ? { kind: 'cancelled', detail: '' } : body.fault, `the registry ${session.endpoint.host}`);
    return succeed({ bytes: body.bytes, digest: answer.value.headers['docker-content-digest'] });
  };
  const root = rootOf(
    await fetch(`manifests/${reference.digest ?? reference.tag}`, 'manifest', maxManifestBytes),
    reference,
    session.endpoint.host,
    what,
  );
  if (!root.ok) return root;
  const bytesOf = (got: Result<Received>): Result<Uint8Array> => (got.ok ? succeed(got.value.bytes) : got);
  const reader = {
    manifest: async (digest: string) => bytesOf(await fetch(`manifests/${digest}`, 'manifest', maxManifestBytes)),
    config: async (digest: string) => bytesOf(await fetch(`blobs/${digest}`, 'blob', maxConfigBytes)),
  };
  const image = await resolveImage(reader, root.value, platform, what);
  if (!image.ok) return image;
  const identity = identityOf(image.value, { name, repository: fullName(reference), tag: reference.tag }, platform);
  return succeed({
    identity,
    layer: async (digest, layerSignal) => {
      const layer = image.value.manifest.layers.find((one) => one.digest === digest);
      if (!layer) return failed('not-found', `${what} has no layer ${digest}.`);
      const opened = await openLayer(session, layer, what, patience, layerSignal);
      if (opened.ok || !session.endpoint.isMirror) return opened;
      // a mirror may know an image and have lost a part of it
      for (const other of others) {
        const again = await openLayer(other, layer, what, patience, layerSignal);
        if (again.ok) return again;
      }
      return opened;
    },
  });
};

interface Received {
  readonly bytes: Uint8Array;
  /** What the registry says the digest is. */
  readonly digest: string | string[] | undefined;
}

const rootOf = (received: Result<Received>, { digest }: ImageReference, host: string, what: string): Result<RawManifest> => {
  if (!received.ok) return received;
  const { bytes, digest: told } = received.value;
  const expected = digest ?? (typeof told === 'string' && isDigest(told) ? told : digestOf(bytes));
  if (!isDigestOf(expected, bytes))
    return failed(
      'answer-invalid',
      `The manifest of ${what} that the registry ${host} gave does not match its digest; it is damaged or was exchanged.`,
    );
  return succeed({ bytes, digest: expected });
};
