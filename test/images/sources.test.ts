import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistrySource, type RegistrySource, type RegistrySourceOptions } from '../../lib/adapters/oci/index.ts';
import { describeImageSource, imagesForSources } from '../contracts/image-source.contract.ts';
import { codeOf, must, sayOf } from '../support/answers.ts';
import { makeCertificate } from '../support/certificates.ts';
import { type Registry, registryUser, startRegistry } from './registry.ts';
import { startTokenService, type TokenService } from './token-service.ts';

const basic = `Basic ${Buffer.from(`${registryUser.username}:${registryUser.password}`).toString('base64')}`;
const authFor = (key: string, password = registryUser.password): string =>
  JSON.stringify({ auths: { [key]: { auth: Buffer.from(`${registryUser.username}:${password}`).toString('base64') } } });
const platform = { os: 'linux', architecture: 'amd64' };
const { signal } = new AbortController();
/** A registry checks digests when images are pushed, so that nothing damaged gets in. */
const sound = imagesForSources.filter(({ name }) => !name.startsWith('team/bad'));

const using = (registry: Registry, options: RegistrySourceOptions) => {
  const source = createRegistrySource(options);
  return {
    source,
    referenceOf: (name: string) => `${registry.host}/${name}`,
    repositoryOf: (name: string) => `${registry.host}/${name}`,
    holdsNoDamage: true,
    close: async () => {
      source.close();
      await registry[Symbol.asyncDispose]();
    },
  };
};

describeImageSource('docker-registry', async () => {
  const registry = await startRegistry();
  await registry.push(sound);
  return using(registry, {});
});

describeImageSource('docker-registry with users, over TLS', async () => {
  const authority = await makeCertificate({ name: 'private authority', isAuthority: true });
  const registry = await startRegistry({ users: true, certificate: await makeCertificate({ name: 'registry', by: authority }) });
  await registry.push(sound, basic);
  return using(registry, { ca: authority.cert, authFiles: [authFor(registry.host)] });
});

describeImageSource('docker-registry with tokens', async () => {
  const service = await startTokenService({ user: basic, open: [] });
  const registry = await startRegistry({ tokens: service.tokens });
  for (const one of sound) await registry.push([one], await service.mayPush(one.name.split(':')[0] ?? ''));
  const made = using(registry, { authFiles: [authFor(registry.host)] });
  return { ...made, close: () => made.close().then(service.close) };
});

describe('signing in', () => {
  let registry: Registry;
  let service: TokenService;
  let source: RegistrySource;
  beforeAll(async () => {
    service = await startTokenService({ user: basic, open: ['lone'] });
    registry = await startRegistry({ tokens: service.tokens });
    for (const one of sound) await registry.push([one], await service.mayPush(one.name.split(':')[0] ?? ''));
    source = createRegistrySource();
  });
  afterAll(async () => {
    source.close();
    await registry[Symbol.asyncDispose]();
    await service.close();
  });
  const open = (name: string, ...credentials: readonly string[]) =>
    source.open({ reference: `${registry.host}/${name}`, platform, credentials, signal });

  it('reads what everybody may without credentials, and nothing else', async () => {
    expect(codeOf(await open('lone'))).toBe('ok');
    const refused = await open('team/app:1.0');
    expect(codeOf(refused)).toBe('credential-refused');
    expect(sayOf(refused)).toContain('gives ');
  });

  it('tries the next credential when one is refused, and nobody in the end', async () => {
    expect(codeOf(await open('team/app:1.0', authFor(registry.host, 'wrong'), authFor(`${registry.host}/team`)))).toBe('ok');
    expect(codeOf(await open('lone', authFor(registry.host, 'wrong')))).toBe('ok');
    const refused = await open('team/app:1.0', authFor(registry.host, 'wrong'));
    expect(sayOf(refused)).toContain('refused the credential');
    expect(JSON.stringify(refused)).not.toContain('wrong');
  });

  it('asks for a token once per repository', async () => {
    const fresh = createRegistrySource({ authFiles: [authFor(registry.host)] });
    const before = service.received.length;
    for (let time = 0; time < 3; time += 1) {
      const image = must(await fresh.open({ reference: `${registry.host}/team/app:1.0`, platform, signal }));
      for (const { digest } of image.identity.layers) for await (const _ of must(await image.layer(digest, signal)));
    }
    fresh.close();
    expect(service.received.length - before).toBe(1);
    expect(service.received.at(-1)?.url).toContain('scope=repository%3Ateam%2Fapp%3Apull');
  });

  it('knows a user of basic authentication, and says when nobody signed in', async () => {
    await using other = await startRegistry({ users: true });
    await other.push(sound, basic);
    const reference = `${other.host}/lone`;
    expect(codeOf(await source.open({ reference, platform, credentials: [authFor(other.host)], signal }))).toBe('ok');
    expect(codeOf(await source.open({ reference, platform, credentials: [authFor(other.host, 'wrong')], signal }))).toBe(
      'credential-refused',
    );
    expect(codeOf(await source.open({ reference, platform, signal }))).toBe('credential-refused');
  });

  it('does not trust a certificate of nobody it knows', async () => {
    await using other = await startRegistry({ certificate: await makeCertificate({ name: 'registry' }) });
    const refused = await source.open({ reference: `${other.host}/lone`, platform, signal });
    expect(codeOf(refused)).toBe('cluster-untrusted');
    expect(sayOf(refused)).toBe(
      `The certificate of the registry ${other.host} is not trusted because it is self-signed; give the authority that signed it as a PEM file.`,
    );
  });
});
