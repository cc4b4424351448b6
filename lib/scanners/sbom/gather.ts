import type { Platform } from '../../core/sbom/index.ts';
import { byText } from '../configuration/listing.ts';
import { isOver, ownerOf } from '../configuration/workloads.ts';
import type { ImageContext, RunningImage } from './facts.ts';
import type { ImagePod } from './schema.ts';
import type { ImageTools } from './tools.ts';

/** Names of pull secrets, by the pod that names them. */
export interface PullHint {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly secrets: readonly string[];
}

/** An image that runs, and what its pods would pull it with. */
export interface PulledImage extends RunningImage {
  readonly hints: readonly PullHint[];
}

/** What a node says that it runs: `docker.io/library/nginx@sha256:…`, or, of an image that was put there by hand, its id alone. */
const readId = (imageId: string): { readonly digest?: string; readonly configDigest?: string } => {
  const text = imageId.replace(/^[a-z-]+:\/\//, '');
  const [, digest] = /@(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  if (digest !== undefined) return { digest };
  return /^sha256:[0-9a-f]{64}$/.test(text) ? { configDigest: text } : {};
};

interface Container {
  readonly name: string;
  readonly kind: ImageContext['kind'];
  readonly image: string;
  readonly imageId: string;
}

const containersOf = ({ spec, status }: ImagePod): readonly Container[] => {
  const lists = [
    ['container', spec.containers, status?.containerStatuses],
    ['init', spec.initContainers, status?.initContainerStatuses],
    ['ephemeral', spec.ephemeralContainers, status?.ephemeralContainerStatuses],
  ] as const;
  return lists.flatMap(([kind, specs, statuses]) =>
    (specs ?? []).flatMap(({ name, image }) => {
      const status = statuses?.find((one) => one.name === name);
      const named = image || status?.image;
      return named ? [{ name, kind, image: named, imageId: status?.imageID ?? '' }] : [];
    }),
  );
};

interface Gathered {
  readonly first: Omit<RunningImage, 'names' | 'contexts'>;
  readonly names: Set<string>;
  readonly contexts: ImageContext[];
  readonly hints: Map<string, PullHint>;
}

const contextText = ({ namespace, pod, kind, container }: ImageContext): string => `${namespace}/${pod} ${kind} ${container}`;

/** Merges pods as they come: every image once, with everything that runs it. Pods that are over are left out. */
export const gatherImages = (platformOf: (node: string | undefined) => Platform, nameOf: ImageTools['nameOf']) => {
  const known = new Map<string, Gathered>();

  const imageOf = ({ image, imageId }: Container, node: string | undefined): Gathered['first'] => {
    const name = nameOf(image);
    const repository = name.ok ? name.value.repository : image;
    const { digest = name.ok ? name.value.digest : undefined, configDigest } = readId(imageId);
    return {
      repository,
      reference: digest === undefined ? image : `${repository}@${digest}`,
      ...(digest === undefined ? {} : { digest }),
      ...(configDigest === undefined ? {} : { configDigest }),
      platform: platformOf(node),
    };
  };

  return {
    add(pod: ImagePod): void {
      if (isOver(pod)) return;
      const { metadata, spec } = pod;
      const { kind, name } = ownerOf(pod);
      const secrets = (spec.imagePullSecrets ?? []).flatMap((one) => one.name || []);
      const hint = { namespace: metadata.namespace, serviceAccount: spec.serviceAccountName || 'default', secrets };
      for (const container of containersOf(pod)) {
        const first = imageOf(container, spec.nodeName ?? undefined);
        const key = JSON.stringify(first);
        const gathered: Gathered = known.get(key) ?? { first, names: new Set(), contexts: [], hints: new Map() };
        known.set(key, gathered);
        gathered.names.add(container.image);
        gathered.hints.set(JSON.stringify(hint), hint);
        gathered.contexts.push({
          namespace: metadata.namespace,
          pod: metadata.name,
          workload: `${kind} ${name}`,
          container: container.name,
          kind: container.kind,
        });
      }
    },
    forget: () => known.clear(),
    images: (): readonly PulledImage[] =>
      [...known.entries()]
        .toSorted(([a], [b]) => byText(a, b))
        .map(([, { first, names, contexts, hints }]) => ({
          ...first,
          names: [...names].toSorted(byText),
          contexts: contexts.toSorted((a, b) => byText(contextText(a), contextText(b))),
          hints: [...hints.values()],
        })),
  };
};
