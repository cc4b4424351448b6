import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const isSeccomp = (annotation: string): boolean =>
  annotation === 'seccomp.security.alpha.kubernetes.io/pod' || annotation.startsWith('container.seccomp.security.alpha.kubernetes.io/');

export const seccompAnnot = defineBreak({
  name: 'seccomp-annot',
  title: 'No pod sets its seccomp profile by annotation',
  severity: 'high',
  why: 'The annotations are ignored from 1.25 on and dropped in 1.27: such a pod then runs without the profile it asked for.',
  repair: 'Set `securityContext.seccompProfile` instead.',
  links: ['https://kubernetes.io/docs/tutorials/security/seccomp/'],
  at: ['1.25', '1.27'],
  needs: ['pods'],
  judge: ({ pods }) => {
    const annotated = pods
      .filter(({ annotations }) => Object.keys(annotations).some(isSeccomp))
      .map(({ namespace, name }) => ({ kind: 'Pod', namespace, name, detail: 'profile by annotation' }));
    if (annotated.length === 0) return passes('No pod sets a seccomp profile by annotation.');
    return fails(`The seccomp profile of these pods would be lost: ${namesText(annotated)}.`, annotated);
  },
});
