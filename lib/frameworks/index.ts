import { failed, type Result, succeed } from '../core/failure.ts';
import { parseKubernetesVersion } from '../core/version.ts';
import { cisKubernetes17 } from './cis-kubernetes-1.7.ts';
import { cisKubernetes18 } from './cis-kubernetes-1.8.ts';
import { cisKubernetes19 } from './cis-kubernetes-1.9.ts';
import { cisKubernetes110 } from './cis-kubernetes-1.10.ts';
import { cisKubernetes111 } from './cis-kubernetes-1.11.ts';
import { cisKubernetes112 } from './cis-kubernetes-1.12.ts';
import { cisKubernetes201 } from './cis-kubernetes-2.0.1.ts';
import type { Framework } from './framework.ts';

export type { Control, Framework } from './framework.ts';

/** Every table of controls, oldest first. The order is that of age: 1.10 is younger than 1.9, and 2.0.1 than both. */
export const frameworks: readonly [Framework, ...Framework[]] = [
  cisKubernetes17,
  cisKubernetes18,
  cisKubernetes19,
  cisKubernetes110,
  cisKubernetes111,
  cisKubernetes112,
  cisKubernetes201,
];

/** The table a scan uses, and whether it is made for the cluster. */
export interface ChosenFramework {
  readonly framework: Framework;
  /** Whether the benchmark was made for the cluster's version. */
  readonly inRange: boolean;
  /** Kubernetes minors the benchmark is meant for, e.g. `1.34-1.35`. */
  readonly range: string;
}

const rangeOf = ({ minors: [first, last] }: Framework): string => (first === last ? `1.${first}` : `1.${first}-1.${last}`);

/**
 * The benchmark for a cluster's version: the newest one made for it, or the newest of all for a cluster that is newer than every range. `override` is the version of a
 * benchmark to use whatever the cluster runs. Fails with `version-unsupported` for clusters older than every range, `input-invalid` for an override that does not
 * exist, and `answer-invalid` for a text that is no Kubernetes version.
 */
export const chooseFramework = (kubernetesVersion: string, override?: string): Result<ChosenFramework> => {
  const version = parseKubernetesVersion(kubernetesVersion);
  if (!version)
    return failed(
      'answer-invalid',
      `"${kubernetesVersion.slice(0, 60)}" is no Kubernetes version; check that the kubeconfig points to a Kubernetes API server.`,
    );
  const includes = ({ minors: [first, last] }: Framework) => version.major === 1 && version.minor >= first && version.minor <= last;
  const choose = (framework: Framework) => succeed({ framework, inRange: includes(framework), range: rangeOf(framework) });

  if (override !== undefined) {
    const wanted = frameworks.find((framework) => framework.version === override.trim());
    const known = frameworks.map((framework) => framework.version).join(', ');
    return wanted
      ? choose(wanted)
      : failed('input-invalid', `There is no CIS Kubernetes Benchmark "${override.slice(0, 60)}" here; name one of ${known}.`);
  }
  const oldest = frameworks[0].minors[0];
  if (version.major < 1 || (version.major === 1 && version.minor < oldest))
    return failed(
      'version-unsupported',
      `The cluster runs Kubernetes ${version.text}, and no benchmark here is made for versions before 1.${oldest}; upgrade the cluster, or name a benchmark to judge it by all the same.`,
    );
  return choose(frameworks.findLast(includes) ?? (frameworks.at(-1) as Framework));
};
