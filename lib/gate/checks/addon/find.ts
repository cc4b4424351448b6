import type { GateVersion, GateWorkload } from '../../../core/gate/index.ts';
import type { Named } from '../../check.ts';

// Add-ons are recognized by the repository of their image, wherever a mirror keeps it, and read by its tag.

/** A workload of an add-on. */
export interface FoundAddon {
  /** `DaemonSet kube-system/calico-node`, as answers name it. */
  readonly where: Named;
  readonly image: string;
  /** From the tag; absent where the tag is no version. */
  readonly version?: GateVersion;
}

/** `registry.example:5000/calico/node:v3.31.3@sha256:…` → `registry.example:5000/calico/node` and `v3.31.3`. */
const splitImage = (image: string): { readonly repository: string; readonly tag: string } => {
  const [name = ''] = image.split('@');
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) } : { repository: name, tag: '' };
};

/** Reads `v3.8.0`, `1.19.3-debian`, `v1.36.0_vmware.1`. */
export const tagVersion = (tag: string): GateVersion | undefined => {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?=$|[-+_])/.exec(tag);
  return match ? { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]), text: tag } : undefined;
};

/** Workloads with an image of that repository: the end of its path, so that mirrors count. */
export const findAddon = (workloads: readonly GateWorkload[], repository: RegExp): readonly FoundAddon[] =>
  workloads.flatMap(({ kind, namespace, name, images }) =>
    images
      .map((image) => ({ image, ...splitImage(image) }))
      .filter((one) => repository.test(one.repository))
      .map(({ image, tag }) => {
        const version = tagVersion(tag);
        return { where: { kind, namespace, name, detail: image }, image, ...(version === undefined ? {} : { version }) };
      }),
  );

/** Versions in a sentence: `3.8.0`, or `3.7.3 and 3.8.0` in the middle of a rollout. */
export const versionsText = (found: readonly FoundAddon[]): string =>
  [...new Set(found.map(({ version, image }) => version?.text.replace(/^v/, '') ?? image))].join(' and ');

/** `1.36` as a number that orders minors. */
export const minorOf = (text: string): number => Number(text.split('.')[1]);
