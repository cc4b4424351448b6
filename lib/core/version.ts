/** A Kubernetes version with its vendor suffix kept apart: `v1.36.1+vmware.2-vkr.1`. */
export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** As the cluster wrote it. */
  readonly text: string;
}

/** Reads what `/version`, a node or a kubeadm document says; `undefined` when it is no version. */
export const parseKubernetesVersion = (text: string): KubernetesVersion | undefined => {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+].*)?\+?$/.exec(text.trim());
  if (!match) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0), text: text.trim() };
};
