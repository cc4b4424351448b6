import { z } from 'zod';
import { documentCheck } from '../shared/api-server-document.ts';
import { few } from '../shared/words.ts';

/** EncryptionConfiguration (apiserver.config.k8s.io/v1), its keys already removed. A provider is an object with one field, named after it. */
const Configuration = z.object({
  kind: z.enum(['EncryptionConfiguration', 'EncryptionConfig']),
  resources: z
    .array(z.object({ resources: z.array(z.string()).min(1), providers: z.array(z.record(z.string(), z.unknown())).min(1) }))
    .min(1),
});
const known = ['aescbc', 'aesgcm', 'kms', 'secretbox', 'identity'];
const strong = ['aescbc', 'kms', 'secretbox'];

/** `secrets` itself, all of the core group, or everything. */
const coversSecrets = (resources: readonly string[]): boolean => resources.some((one) => ['secrets', '*.', '*.*'].includes(one));
/** Events are many and short-lived: Kubernetes' own example leaves them out by an entry of their own before `*.*`. */
const isEventsOnly = (resources: readonly string[]): boolean =>
  resources.every((one) => one === 'events' || one === 'events.events.k8s.io');

const weakness: Readonly<Record<string, string>> = {
  identity: '`identity` comes first, which writes them unencrypted',
  aesgcm: '`aesgcm` comes first, which is safe only with a key that is replaced every 200,000 writes',
};

export const encryptionProviders = documentCheck({
  id: 'api-server/encryption-providers',
  title: 'Secrets are written to etcd with strong encryption',
  severity: 'high',
  why: 'The first provider of an entry encrypts what is written, the others only read: with `identity` first, everything lies in etcd and its backups in clear text although encryption seems to be on.',
  repair:
    'In the file of `--encryption-provider-config`, let every entry begin with `kms`, `aescbc` or `secretbox` and keep `identity` last; restart every API server and rewrite the objects (`kubectl get secrets -A -o json | kubectl replace -f -`).',
  flag: 'encryption-provider-config',
  schema: Configuration,
  without: 'The API server has no encryption configuration, so Secrets lie in etcd in clear text.',
  judge: ({ resources: entries }) => {
    const writers = entries.map(({ resources, providers }) => ({
      resources,
      names: providers.map((one) => Object.keys(one)[0] ?? 'none'),
    }));
    const found = writers.map(({ resources, names }, at) => ({
      looked: `entry ${at + 1} for ${few(resources)}`,
      found: names.join(', then '),
    }));
    const strange = writers.flatMap(({ names }) => names).filter((name) => !known.includes(name));
    if (strange.length > 0)
      return { outcome: 'unknown', message: 'The encryption configuration names a provider that Gatehouse does not know.', found };
    // of entries that overlap the first counts
    const ofSecrets = writers.find(({ resources }) => coversSecrets(resources));
    if (!ofSecrets)
      return {
        outcome: 'fail',
        message: 'No entry of the encryption configuration covers Secrets, so they lie in etcd in clear text.',
        found,
      };
    const weak = writers.filter(({ resources, names }) => !strong.includes(names[0] ?? '') && !isEventsOnly(resources));
    if (weak.length > 0) {
      const reasons = weak.map(({ resources, names }) => `for ${few(resources)} ${weakness[names[0] ?? '']}`);
      return { outcome: 'fail', message: `The encryption configuration is weak: ${reasons.join('; ')}.`, found };
    }
    return { outcome: 'pass', message: `Secrets are written with \`${ofSecrets.names[0]}\`.`, found };
  },
});
