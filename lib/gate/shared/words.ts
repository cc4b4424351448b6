import type { GatePod } from '../../core/gate/index.ts';
import type { Named } from '../check.ts';

/** `1 pod`, `3 pods`. */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** `is` or `are`, to go with a number of things. */
export const isOrAre = (number: number): string => (number === 1 ? 'is' : 'are');

/** What a person would look for: the owner of a pod, or the pod where nothing owns it. */
export const ownerOf = ({ namespace, name, owner }: GatePod): Named =>
  owner === undefined ? { kind: 'Pod', namespace, name } : { kind: owner.kind, namespace, name: owner.name };

export const podName = ({ namespace, name }: GatePod): Named => ({ kind: 'Pod', namespace, name });

/** Owners of some pods, each once, with one detail per owner. */
export const byOwner = (pods: readonly GatePod[], detail: (pods: readonly GatePod[]) => string): readonly Named[] => {
  const groups = Map.groupBy(pods, (pod) => {
    const { kind, namespace, name } = ownerOf(pod);
    return JSON.stringify([kind, namespace, name]);
  });
  return [...groups.values()].map((group) => ({ ...ownerOf(group[0] as GatePod), detail: detail(group) }));
};
