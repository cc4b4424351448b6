import { fails, type Named, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const isFrozen = (image: string): boolean => /^k8s\.gcr\.io(\/|$)/.test(image);

export const registry = defineBreak({
  name: 'registry',
  title: 'No image is pulled from the frozen registry k8s.gcr.io',
  severity: 'medium',
  why: 'Images of Kubernetes moved to registry.k8s.io in 1.25; the old registry is frozen since April 2023 and has no newer images.',
  repair: 'Replace k8s.gcr.io by registry.k8s.io in images and in `imageRepository` of kubeadm-config.',
  links: ['https://kubernetes.io/blog/2023/03/10/image-registry-redirect/'],
  at: 'always',
  needs: ['pods', 'settings'],
  judge: ({ pods, settings }) => {
    const pulling: readonly Named[] = [
      ...(isFrozen(settings.kubeadm?.imageRepository ?? '')
        ? [{ kind: 'ConfigMap', namespace: 'kube-system', name: 'kubeadm-config', detail: 'imageRepository' }]
        : []),
      ...pods.flatMap(({ namespace, name, images }) => images.filter(isFrozen).map((detail) => ({ kind: 'Pod', namespace, name, detail }))),
    ];
    if (pulling.length === 0) return passes('Nothing comes from k8s.gcr.io.');
    return fails(`These use images of k8s.gcr.io: ${namesText(pulling)}.`, pulling);
  },
});
