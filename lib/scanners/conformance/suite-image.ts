import { failed, type Result, succeed } from '../../core/failure.ts';

/** Where the suite's images are published. */
export const defaultRegistry = 'registry.k8s.io';

/** The version of the suite for what a cluster calls its version: vendors append to the version they built (`v1.36.1+vmware.2-vkr.1`), and a pre-release is one of its own (`v1.37.0-rc.1`). */
export const suiteVersion = (kubernetesVersion: string): Result<string> => {
  const match = /^v?(\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)\.\d+)?)(?:[-+].*)?$/.exec(kubernetesVersion.trim());
  return match
    ? succeed(`v${match[1]}`)
    : failed(
        'version-unsupported',
        `The cluster calls its version "${kubernetesVersion.slice(0, 60)}", and no image of the conformance suite can be told from that; name one with --conformance-image.`,
      );
};

/** The image of the suite: what the user names, else the release's own, from a mirror where there is one. */
export const suiteImage = (
  kubernetesVersion: string,
  { image, registry }: { readonly image?: string | undefined; readonly registry?: string | undefined },
): Result<string> => {
  if (image !== undefined) return succeed(image);
  const version = suiteVersion(kubernetesVersion);
  return version.ok ? succeed(`${(registry ?? defaultRegistry).replace(/\/+$/, '')}/conformance:${version.value}`) : version;
};

/** The version an image says it is of; undefined for one that is named by digest, or by anything else. */
export const versionOfImage = (image: string): string | undefined => /:(v\d+\.\d+\.\d+[0-9A-Za-z.-]*)(?:@.*)?$/.exec(image)?.[1];
